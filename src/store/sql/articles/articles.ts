/** Reads articles by ref, id, address and age. */
import type { ArticleId, ArticleRef } from '../../../model/article.js';
import type { Store } from '../../../ports/store/store.js';
import { readCounter } from '../counters.js';
import type { Database } from '../database.js';
import { refsByHash } from './aliases.js';
import { idHash, keyHash } from './key-hash.js';
import { articlesAfter, mintedArticles, mintedFacts } from './read-articles.js';

export function articleMethods(db: Database) {
  return {
    articles: (refs) => mintedArticles(db, refs),
    articleFacts: (refs, which) => mintedFacts(db, refs, which),
    visibleArticles: (refs) => mintedArticles(db, refs, 'visible'),
    goneArticles: async () => {
      const gone = 'SELECT id FROM article WHERE id IS NOT NULL AND (hidden = 1 OR withdrawn IS NOT NULL) ORDER BY ref';
      return new Set((await db.all<{ id: ArticleId }>(gone)).map(({ id }) => id));
    },
    articlesAfter: (ref, limit) => articlesAfter(db, ref, limit),
    refsNamed: (names) => namedRefs(db, names),
    find: async (idOrUrlKey) => {
      const ref = (await namedRefs(db, [idOrUrlKey])).get(idOrUrlKey);
      return ref === undefined ? null : ((await mintedArticles(db, [ref]))[0] ?? null);
    },
    countArticles: () => readCounter(db, 'articles'),
  } satisfies Partial<Store>;
}

/** Looks up ids, then values of `urlKey`. */
async function namedRefs(db: Database, names: readonly string[]): Promise<Map<string, ArticleRef>> {
  const hashes = names.map((name) => [idHash(name), keyHash({ kind: 'url', value: name })] as const);
  const refs = await refsByHash(db, hashes.flat());
  return new Map(
    names.flatMap((name, i) => {
      const [byId, byUrl] = hashes[i]!;
      const ref = refs.get(byId) ?? refs.get(byUrl);
      return ref === undefined ? [] : [[name, ref] as const];
    }),
  );
}
