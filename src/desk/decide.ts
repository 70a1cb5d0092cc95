/** Writes decisions on articles as the commands do. */
import { type Decided, decide } from '../app/desk/edit-desk.js';
import type { Settings } from '../model/settings.js';
import { FormError } from './form.js';

/** Throws FormError if nothing was written. */
export async function decideArticles(
  settings: Settings,
  articles: readonly string[],
  changes: Readonly<Record<string, unknown>>,
): Promise<readonly Decided[]> {
  if (articles.length === 0) throw new FormError('No article is selected.');
  const decided = await decide(settings, articles, changes);
  if ('refused' in decided) throw new FormError(decided.refused);
  if ('titled' in decided) {
    const { newest, more } = decided.titled;
    const found = newest.map(({ title, publication }) => `“${title}” (${publication})`).join(', ');
    throw new FormError(found === '' ? `No article has “${decided.asked}”.` : `Several headlines have “${decided.asked}”: ${found}${more > 0 ? ` and ${more} more` : ''}. Use the address of one.`); // biome-ignore format: one message
  }
  return decided;
}

/** `"Ferry sails again" approved`, `3 articles approved`. */
export function describeDecided(decided: readonly Decided[], verb: string): string {
  const [first] = decided;
  return decided.length === 1 ? `“${first!.title ?? first!.article}” ${verb}` : `${decided.length} articles ${verb}`;
}
