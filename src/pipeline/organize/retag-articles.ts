/** Tags stored articles again when the configured topics change. */
import type { ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';
import { ARTICLES_AT_ONCE } from '../facts/every-article.js';
import { retag, type Tagging } from '../facts/tagging.js';

/** New articles are tagged when they are stored. */
export async function retagArticles(store: Store, tagging: Tagging): Promise<void> {
  for (let after: ArticleRef = 0; ; ) {
    const stale = await store.staleTags(tagging.fingerprint, after, ARTICLES_AT_ONCE);
    const last = stale.at(-1);
    if (last === undefined) return;
    const tagger = await tagging.load();
    await store.saveTags(
      stale.map((article) => ({ ref: article.ref, topics: retag(tagger, article) })),
      tagging.fingerprint,
    );
    after = last.ref;
  }
}
