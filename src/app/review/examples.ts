/** Example articles of a review. */
import type { ArticleRef } from '../../model/article.js';
import type { StoreSettings } from '../../model/settings.js';
import { readStore } from '../open-store.js';

const MAX_EXAMPLES = 5;

/** Untrusted text: escape it for display. */
export interface ExampleArticle {
  readonly title: string;
  readonly publication: string;
  readonly url: string | null;
}

/** The first articles of each list. Throws StoreError. */
export async function readExamples<K>(
  lists: ReadonlyMap<K, readonly ArticleRef[]>,
  at: StoreSettings,
): Promise<Map<K, readonly ExampleArticle[]>> {
  return await readStore(at, async (store) => {
    const found = new Map<K, readonly ExampleArticle[]>();
    for (const [key, refs] of lists) {
      const articles = await store.articles(refs.slice(0, MAX_EXAMPLES));
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
