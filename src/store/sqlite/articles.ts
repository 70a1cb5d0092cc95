/** Articles by number and name. */
import type { Store } from '../../ports/store/store.js';
import type { Sync } from '../promised.js';
import { idHash, keyHash } from './keys.js';
import type { ReadingParts } from './reading.js';

type Methods = Sync<Pick<Store, 'articles' | 'articlesAfter' | 'find' | 'countArticles'>>;

export function articleMethods(parts: ReadingParts): Methods {
  const { db, shelf, names, tally } = parts;
  const after = db.prepare<{ ref: number }>(
    'SELECT ref FROM article WHERE ref > ? AND id IS NOT NULL AND pruned = 0 ORDER BY ref LIMIT ?',
  );
  return {
    articles: (refs) => shelf.minted(refs, 'kept'),
    articlesAfter: (ref, limit) =>
      shelf.minted(
        after.all(ref, limit).map((row) => row.ref),
        'kept',
      ),
    find: (idOrUrlKey) => {
      const [id, url] = [idHash(idOrUrlKey), keyHash({ kind: 'url', value: idOrUrlKey })];
      const found = names.find([id, url]);
      const ref = found.get(id) ?? found.get(url);
      return ref === undefined ? null : (shelf.minted([ref], 'kept')[0] ?? null);
    },
    countArticles: () => tally.articles,
  };
}
