/** Reads articles by ref, id, address and age. */
import type { Store } from '../../../ports/store/store.js';
import type { Sync } from '../../to-async.js';
import type { Connection } from '../connection.js';
import { readCounter } from '../counters.js';
import { refsByHash } from './aliases.js';
import { idHash, keyHash } from './key-hash.js';
import { mintedArticles, selectRefs } from './read-articles.js';

export function articleMethods(
  db: Connection,
): Sync<Pick<Store, 'articles' | 'visibleArticles' | 'articlesAfter' | 'find' | 'countArticles'>> {
  return {
    articles: (refs) => mintedArticles(db, refs),
    visibleArticles: (refs) => mintedArticles(db, refs, 'visible'),
    articlesAfter: (ref, limit) => {
      const after = 'SELECT ref FROM article WHERE ref > ? AND id IS NOT NULL AND pruned = 0 ORDER BY ref LIMIT ?';
      return mintedArticles(db, selectRefs(db, after, ref, limit));
    },
    find: (idOrUrlKey) => {
      const [byId, byUrl] = [idHash(idOrUrlKey), keyHash({ kind: 'url', value: idOrUrlKey })];
      const refs = refsByHash(db, [byId, byUrl]);
      const ref = refs.get(byId) ?? refs.get(byUrl);
      return ref === undefined ? null : (mintedArticles(db, [ref])[0] ?? null);
    },
    countArticles: () => readCounter(db, 'articles'),
  };
}
