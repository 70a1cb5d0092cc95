/** Articles by number, name and age. */
import type { Store } from '../../ports.js';
import type { Sync } from '../promised.js';
import { openHeads } from './channels.js';
import { idHash, keyHash } from './keys.js';
import type { ReadingParts } from './reading.js';
import { prunedText, prunedTopics } from './wording.js';

type Methods = Sync<Pick<Store, 'articles' | 'articlesAfter' | 'find' | 'countArticles' | 'prune'>>;

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
    prune: pruning(parts),
  };
}

/** How many a head may show when nobody says it. */
const HEAD = 50;

function pruning({ db, shelf, tally }: ReadingParts): Methods['prune'] {
  const old = db.prepare<{ ref: number }>(
    'SELECT ref FROM article WHERE first_seen < ? AND id IS NOT NULL AND pruned = 0 ORDER BY ref',
  );
  const channels = db.prepare<{ path: string }>('SELECT path FROM channel');
  const newest = openHeads(db);
  const mark = db.prepare('UPDATE article SET pruned = 1 WHERE ref = ?');
  const shorten = db.prepare('UPDATE wording SET text = ?, topics = ?, tagged_by = NULL WHERE ref = ?');

  return (before, items = HEAD) =>
    db.write(() => {
      const spared = new Set(channels.all().flatMap(({ path }) => newest(path, items)));
      const refs = old.all(before.getTime()).flatMap(({ ref }) => (spared.has(ref) ? [] : ref));
      for (const ref of refs) {
        const { text, topics } = shelf.wording(ref);
        shorten.run(JSON.stringify(prunedText(text)), JSON.stringify(prunedTopics(topics)), ref);
        mark.run(ref);
        shelf.forget(ref);
      }
      tally.countArticles(-refs.length);
      return refs.length;
    });
}
