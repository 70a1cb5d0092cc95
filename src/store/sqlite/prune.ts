/** What retention takes away: the text of old articles. Their names, ids and places stay. */
import type { Store } from '../../ports/store/store.js';
import type { Sync } from '../promised.js';
import { openHeads } from './channels.js';
import type { ReadingParts } from './reading.js';
import { prunedText, prunedTopics } from './wording.js';

interface PruneParts extends ReadingParts {
  /** Fails where the file is damaged: nothing is taken out of such a one. */
  check(): void;
}

/** How many a head may show when nobody says it. */
const HEAD = 50;

export function pruneMethod({ db, shelf, tally, check }: PruneParts): Sync<Pick<Store, 'prune'>>['prune'] {
  const old = db.prepare<{ ref: number }>(
    'SELECT ref FROM article WHERE first_seen < ? AND id IS NOT NULL AND pruned = 0 ORDER BY ref',
  );
  const channels = db.prepare<{ path: string }>('SELECT path FROM channel');
  const newest = openHeads(db);
  const mark = db.prepare('UPDATE article SET pruned = 1 WHERE ref = ?');
  const shorten = db.prepare('UPDATE wording SET text = ?, topics = ?, tagged_by = NULL WHERE ref = ?');

  return (before, items = HEAD) => {
    check();
    return db.write(() => {
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
  };
}
