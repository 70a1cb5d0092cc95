/** Defines names and ids of ready-made topics. */
import type { TopicConfig } from '../model/topic.js';

/** A phrase for articles in one language. `name`: one word that matches only with a capital. */
export interface ReadyMadeName {
  readonly phrase: string;
  readonly letterCase: 'any' | 'name';
  /** See `TopicConfig.hints`. */
  readonly isHint?: true;
}

/** Names with a capital match only with one: Polish, not polish. Lower case matches both: deutsch, Deutsch. `~`: a hint. */
export function toReadyMadeName(written: string): ReadyMadeName {
  if (written.startsWith('~')) return { ...toReadyMadeName(written.slice(1)), isHint: true };
  const phrase = written;
  return { phrase, letterCase: /^=?\p{Lu}/u.test(phrase) ? 'name' : 'any' };
}

/** `Côte d’Ivoire` → `cote-d-ivoire` */
export function toTopicId(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The seventeen top levels of IPTC Media Topics. */
const TOP_LEVEL = /^medtop:(?:0[1-9]|1[0-7])0{6}$/;

/** Only topics without their own phrases and maps have ready-made ones. */
export function hasReadyMadePhrases({ iptc, place, any, hints, all, near, map }: Omit<TopicConfig, 'id'>): boolean {
  const own = [any, hints, all, near, map].some((list) => (list?.length ?? 0) > 0);
  return iptc !== undefined && place === undefined && !own && TOP_LEVEL.test(iptc);
}
