/** Reads articles by ref, id, address and age. */
import type { ArticleId, ArticleRef } from '../../../model/article.js';
import type { SourceId } from '../../../model/source.js';
import type { Store } from '../../../ports/store/store.js';
import { readCounter } from '../counters.js';
import type { Database } from '../database.js';
import { findRefsByHash } from './aliases.js';
import { hashArticleId, hashArticleKey } from './key-hash.js';
import { readMintedArticles, readMintedFacts, readNextArticles } from './read-articles.js';
import { filterRefsByText, selectNewestRefs } from './search.js';

export function articleMethods(db: Database) {
  return {
    articles: (refs) => readMintedArticles(db, refs),
    articleFacts: (refs, which) => readMintedFacts(db, refs, which),
    visibleArticles: (refs) => readMintedArticles(db, refs, 'visible'),
    unpublishedIds: async () => {
      const gone = 'SELECT id FROM article WHERE id IS NOT NULL AND (hidden = 1 OR withdrawn IS NOT NULL) ORDER BY ref';
      return new Set((await db.all<{ id: ArticleId }>(gone)).map(({ id }) => id));
    },
    publishedSince: async (from) => {
      const since = `SELECT ref, source AS "sourceId", published FROM article
        WHERE published >= ? AND id IS NOT NULL AND pruned = 0 ORDER BY ref`;
      const rows = await db.all<{ ref: ArticleRef; sourceId: SourceId; published: number }>(since, from.getTime());
      return rows.map(({ published, ...row }) => ({ ...row, publishedAt: new Date(published) }));
    },
    nextArticles: (ref, limit) => readNextArticles(db, ref, limit),
    newestRefs: (filter) => selectNewestRefs(db, filter),
    filterByText: (refs, words) => filterRefsByText(db, refs, words),
    findRefs: (names) => findNamedRefs(db, names),
    find: async (idOrUrlKey) => {
      const ref = (await findNamedRefs(db, [idOrUrlKey])).get(idOrUrlKey);
      return ref === undefined ? null : ((await readMintedArticles(db, [ref]))[0] ?? null);
    },
    countArticles: () => readCounter(db, 'articles'),
  } satisfies Partial<Store>;
}

/** Looks up ids, then values of `urlKey`. */
async function findNamedRefs(db: Database, names: readonly string[]): Promise<Map<string, ArticleRef>> {
  const hashes = names.map((name) => [hashArticleId(name), hashArticleKey({ kind: 'url', value: name })] as const);
  const refs = await findRefsByHash(db, hashes.flat());
  return new Map(
    names.flatMap((name, i) => {
      const [byId, byUrl] = hashes[i]!;
      const ref = refs.get(byId) ?? refs.get(byUrl);
      return ref === undefined ? [] : [[name, ref] as const];
    }),
  );
}
