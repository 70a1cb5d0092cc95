/** Writes what seating new articles changed, row by row where rows differ. */
import { STORIES } from '../../model/channel.js';
import type { StoryMember, StoryRecord, StoryRef } from '../../model/story.js';
import type { StoryChanges, StoryStore } from '../../ports/store/stories.js';
import type { Sync } from '../promised.js';
import { tellersOf, termWeight } from '../story-facts.js';
import { bulkInsert } from './bulk.js';
import type { Connection } from './connection.js';
import type { DirtyRepository } from './dirty.js';
import { bytesOf, int32Of } from './numbers.js';

const HEAD = { channel: STORIES, archive: null, takedown: false };

interface Known {
  readonly sources: number;
  readonly keys: Uint8Array;
  readonly open: number;
}

export function storySaving({
  db,
  dirtBook,
}: {
  readonly db: Connection;
  readonly dirtBook: DirtyRepository;
}): Sync<StoryStore>['saveStories'] {
  const known = db.prepare<Known>('SELECT sources, keys, open FROM story WHERE ref = ?');
  const put = db.prepare(
    `INSERT INTO story VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (ref) DO UPDATE SET
       first_at = excluded.first_at, last_at = excluded.last_at, text_length = excluded.text_length,
       sources = excluded.sources, open = 1, terms = excluded.terms, keys = excluded.keys`,
  );
  const addTerm = db.prepare('INSERT INTO story_term VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const dropTerm = db.prepare('DELETE FROM story_term WHERE term = ? AND story = ?');
  const count = db.prepare('INSERT INTO story_count VALUES (?, ?) ON CONFLICT DO UPDATE SET counts = excluded.counts');
  const seat = db.prepare("UPDATE tally SET n = max(n, ?) WHERE name = 'seated_to'");
  const closing = db.prepare<{ ref: StoryRef; keys: Uint8Array }>(
    'SELECT ref, keys FROM story WHERE open = 1 AND last_at < ?',
  );
  const close = db.prepare('UPDATE story SET open = 0 WHERE ref = ?');
  const saveMembers = memberSaving(db);
  const mergeInto = merging(db);

  /** Whether a reader of `stories` may see the change. */
  function save(story: StoryRecord): boolean {
    const before = known.get(story.ref);
    const sources = tellersOf(story.members);
    const { ref, id, language, firstAt, lastAt, textLength, daily } = story;
    put.run(
      ref,
      id,
      language,
      firstAt,
      lastAt,
      textLength,
      daily ? 1 : 0,
      sources,
      vectorBytes(story),
      bytesOf(story.keys),
    );
    const had = before === undefined || before.open === 0 ? [] : [...int32Of(before.keys)];
    for (const term of had) if (!story.keys.includes(term)) dropTerm.run(term, ref);
    for (const term of story.keys) if (!had.includes(term)) addTerm.run(term, ref, termWeight(story, term));
    return Math.max(sources, before?.sources ?? 0) > 1;
  }
  function forgetTerms(ref: StoryRef, keys: Uint8Array): void {
    for (const term of int32Of(keys)) dropTerm.run(term, ref);
  }
  function saveAll(changes: StoryChanges): void {
    let seen = false;
    for (const { ref, into } of changes.merged) {
      const before = known.get(ref);
      if (before === undefined) continue;
      forgetTerms(ref, before.keys);
      mergeInto(ref, into);
    }
    for (const story of changes.stories) seen = save(story) || seen;
    saveMembers(changes.stories);
    for (const [scope, counts] of changes.terms) count.run(scope, counts);
    for (const { ref, keys } of closing.all(changes.closedBefore)) {
      forgetTerms(ref, keys);
      close.run(ref);
    }
    seat.run(changes.clusteredUpTo);
    if (seen) dirtBook.during((dirt) => dirt.add(HEAD));
  }
  return (changes) => db.write(() => saveAll(changes));
}

function vectorBytes({ terms, weights }: StoryRecord): Uint8Array {
  const bytes = new Uint8Array(terms.byteLength + weights.byteLength);
  bytes.set(bytesOf(terms));
  bytes.set(bytesOf(weights), terms.byteLength);
  return bytes;
}

function memberSaving(db: Connection): (stories: readonly StoryRecord[]) => void {
  const had = db.prepare<{ article: number; fullness: number; correction: number; copy_of: number | null }>(
    'SELECT article, fullness, correction, copy_of FROM story_member WHERE story = ?',
  );
  const put = bulkInsert(db, {
    into: 'INSERT INTO story_member',
    columns: 6,
    after: `ON CONFLICT (article) DO UPDATE SET story = excluded.story, fullness = excluded.fullness,
      correction = excluded.correction, copy_of = excluded.copy_of`,
  });

  function changed({ ref, members }: StoryRecord): StoryMember[] {
    const before = new Map(had.all(ref).map((row) => [row.article, row]));
    const same = (member: StoryMember) => {
      const row = before.get(member.article);
      return (
        row?.copy_of === member.copyOf &&
        row.fullness === member.fullness &&
        (row.correction === 1) === (member.role === 'correction')
      );
    };
    return members.filter((member) => !same(member));
  }
  return (stories) => {
    const rows = stories.flatMap((story) => changed(story).map((member) => memberValues(story, member)));
    put(rows.sort(([a], [b]) => a - b));
  };
}

function memberValues({ ref }: StoryRecord, { article, fullness, role, copyOf, signature }: StoryMember) {
  return [article, ref, fullness, role === 'correction' ? 1 : 0, copyOf, bytesOf(signature)] as const;
}

function merging(db: Connection): (ref: StoryRef, into: StoryRef) => void {
  const move = db.prepare('UPDATE story_alias SET ref = ? WHERE ref = ?');
  const alias = db.prepare('INSERT INTO story_alias SELECT id, ? FROM story WHERE ref = ?');
  const drop = db.prepare('DELETE FROM story WHERE ref = ?');
  return (ref, into) => {
    move.run(into, ref);
    alias.run(into, ref);
    drop.run(ref);
  };
}
