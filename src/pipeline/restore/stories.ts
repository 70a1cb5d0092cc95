/** placeholder */
import type { Store } from '../../ports.js';
import type { RestoredArticle } from './articles.js';
import type { ToldEdition } from './collect.js';
export async function restoreStories(
  _edition: ToldEdition,
  _articles: readonly RestoredArticle[],
  _deps: { store: Store; siteHost: string; items: number },
): Promise<number> {
  return 0;
}
