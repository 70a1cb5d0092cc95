/** Writes decisions on articles as the commands do. */
import { type Decided, decide } from '../app/desk/edit-desk.js';
import type { TitledArticles } from '../app/explain/search-articles.js';
import type { Settings } from '../model/settings.js';
import { FormError } from './form.js';

/** Words match several headlines: the editor chooses. */
export class Ambiguous extends Error {
  override readonly name = 'Ambiguous';
  constructor(
    readonly asked: string,
    readonly titled: TitledArticles,
  ) {
    super(`Several headlines have “${asked}”.`);
  }
}

/** Throws FormError or Ambiguous if nothing was written. */
export async function decideArticles(
  settings: Settings,
  articles: readonly string[],
  changes: Readonly<Record<string, unknown>>,
): Promise<readonly Decided[]> {
  if (articles.length === 0) throw new FormError('No article is selected.');
  const decided = await decide(settings, articles, changes);
  if ('refused' in decided) throw new FormError(decided.refused);
  if (!('titled' in decided)) return decided;
  if (decided.titled.newest.length > 0) throw new Ambiguous(decided.asked, decided.titled);
  throw new FormError(`No article has “${decided.asked}”.`);
}

/** `"Ferry sails again" approved`, `3 articles approved`. */
export function describeDecided(decided: readonly Decided[], verb: string): string {
  const [first] = decided;
  return decided.length === 1 ? `“${first!.title ?? first!.article}” ${verb}` : `${decided.length} articles ${verb}`;
}
