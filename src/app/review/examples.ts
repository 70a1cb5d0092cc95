/** Articles as a review names them. */
import type { ArticleRef } from '../../model/article.js';
import type { StoreSettings } from '../../model/settings.js';
import { readStore } from '../open-store.js';

/** How many articles stand for all of those that something happens to. */
const MOST_EXAMPLES = 5;

/** Words of its publisher: whoever shows them escapes them. */
export interface ExampleArticle {
  readonly title: string;
  readonly publication: string;
  readonly url: string | null;
}

/** The first few of each list, in its order. Throws StoreError. */
export async function examplesOf<K>(
  lists: ReadonlyMap<K, readonly ArticleRef[]>,
  at: StoreSettings,
): Promise<Map<K, readonly ExampleArticle[]>> {
  return await readStore(at, async (store) => {
    const found = new Map<K, readonly ExampleArticle[]>();
    for (const [key, refs] of lists) {
      const articles = await store.articles(refs.slice(0, MOST_EXAMPLES));
      found.set(
        key,
        articles.map(({ title, retitled, url, attribution }) => ({
          title: retitled ?? title,
          publication: attribution.publication.title,
          url,
        })),
      );
    }
    return found;
  });
}
