/** Phrases of ready-made topics, and the ids of these. */

/** A phrase for articles in one language. `name`: one word that matches only with a capital. */
export interface ReadyMadeName {
  readonly phrase: string;
  readonly letterCase: 'any' | 'name';
}

/** Written with a capital, it matches only with one: Polish is not polish; deutsch is also Deutsch. */
export function nameAsWritten(phrase: string): ReadyMadeName {
  return { phrase, letterCase: /^=?\p{Lu}/u.test(phrase) ? 'name' : 'any' };
}

/** `Côte d’Ivoire` → `cote-d-ivoire` */
export function topicIdOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
