/** Writes decisions on articles as the commands do. */
import { type Decided, decide } from '../app/desk/edit-desk.js';
import type { Settings } from '../model/settings.js';
import { FormError, UnsavedForm } from './form.js';

export const REVIEWS: Readonly<Record<string, readonly [verb: string, changes: Readonly<Record<string, unknown>>]>> = {
  approve: ['approved', { approve: true, hide: null }],
  reject: ['rejected', { hide: true, approve: null }],
};

/** Throws FormError or UnsavedForm if nothing was written. */
export async function decideArticles(
  settings: Settings,
  articles: readonly string[],
  changes: Readonly<Record<string, unknown>>,
): Promise<readonly Decided[]> {
  if (articles.length === 0) throw new FormError('No article is selected.');
  const decided = await decide(settings, articles, changes);
  if ('refused' in decided) throw new FormError(decided.refused);
  if (!('titled' in decided)) return decided;
  if (decided.titled.newest.length === 0) throw new FormError(`No article has “${decided.asked}”.`);
  const data = { asked: decided.asked, ...decided.titled };
  throw new UnsavedForm({ template: 'choose', title: 'Which article do you mean?', data });
}

/** `"Ferry sails again" approved`, `3 articles approved`. */
export function describeDecided(decided: readonly Decided[], verb: string): string {
  const [first] = decided;
  return decided.length === 1 ? `“${first!.title ?? first!.article}” ${verb}` : `${decided.length} articles ${verb}`;
}
