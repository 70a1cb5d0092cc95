/** Our topics of articles, and the fingerprint of the topic config that gave them. */
import type { ArticleRef, TopicTag } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';
import { sameTopics } from '../dirt.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';
import { markShown, type PlacingParts } from './placing.js';

export interface TagRepository {
  /** The fingerprint's number, made where it is new. */
  number(fingerprint: string): number;
}

export function openTagRepository(db: Connection): TagRepository {
  const find = db.prepare<{ n: number }>('SELECT n FROM fingerprint WHERE value = ?');
  const create = db.prepare<{ n: number }>('INSERT INTO fingerprint (value) VALUES (?) RETURNING n');
  return { number: (fingerprint) => find.get(fingerprint)?.n ?? create.get(fingerprint)!.n };
}

export interface TagParts extends PlacingParts {
  readonly tags: TagRepository;
}

export function tagMethods(parts: TagParts): Sync<Pick<Store, 'staleTags' | 'saveTags'>> {
  const { db, shelf, tags, dirtBook } = parts;
  const others = db.prepare<{ n: number }>('SELECT n FROM fingerprint WHERE value <> ?');
  // By index, fingerprint for fingerprint: where all are fresh, nothing is read.
  const stale = db.prepare<{ ref: number }>(
    `SELECT ref FROM wording JOIN article USING (ref)
     WHERE tagged_by = ? AND wording.ref > ? AND id IS NOT NULL ORDER BY wording.ref LIMIT ?`,
  );
  const retag = db.prepare('UPDATE wording SET topics = ?, tagged_by = ? WHERE ref = ?');
  const freshen = db.prepare('UPDATE wording SET tagged_by = ? WHERE ref = ?');
  const unplace = db.prepare('UPDATE article SET unplaced = 1 WHERE ref = ?');

  function save(ref: ArticleRef, topics: readonly TopicTag[], by: number): 'same' | 'changed' {
    const before = shelf.wording(ref).topics;
    const json = JSON.stringify(topics);
    if (json === JSON.stringify(before)) {
      freshen.run(by, ref);
      return 'same';
    }
    retag.run(json, by, ref);
    shelf.forget(ref);
    return sameTopics(before, topics) ? 'same' : 'changed';
  }
  return {
    staleTags: (fingerprint, after, limit) => {
      const refs = others.all(fingerprint).flatMap(({ n }) => stale.all(n, after, limit).map(({ ref }) => ref));
      return shelf.minted(refs.sort((a, b) => a - b).slice(0, limit), 'kept');
    },
    saveTags: (tagged, fingerprint) =>
      db.write(() =>
        dirtBook.during((dirt) => {
          const by = tags.number(fingerprint);
          for (const { ref, topics } of tagged) {
            const row = shelf.row(ref);
            if (row === undefined || save(ref, topics, by) === 'same') continue;
            unplace.run(ref);
            markShown(parts, row, 'revision', dirt);
          }
        }),
      ),
  };
}
