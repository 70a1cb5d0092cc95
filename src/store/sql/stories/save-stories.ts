/** Writes the changes of clustering, only rows that differ. */
import { STORIES, storyMark } from '../../../model/channel.js';
import type { StoryMember, StoryRecord, StoryRef } from '../../../model/story.js';
import type { StoryChanges } from '../../../ports/store/stories.js';
import { slugOf } from '../../../text/slug.js';
import type { Connection } from '../../sqlite/connection.js';
import { chunks, insertRows } from '../bulk.js';
import { markHead } from '../channels/dirty.js';
import { bytesOf, int32Of } from './numbers.js';

/** Call in a transaction. */
export function saveStoryChanges(db: Connection, changes: StoryChanges): void {
  const change = changes.mayShrink === true ? 'takedown' : 'revision';
  for (const { ref, into } of changes.merged) dropStory(db, ref, into);
  for (const { slug, story } of changes.aliases ?? []) saveAlias(db, slug, story);
  const visible = changes.stories.filter((story) => saveStory(db, story));
  saveMembers(db, changes.stories);
  for (const [scope, counts] of changes.terms) db.run('REPLACE INTO term_counts VALUES (?, ?)', scope, counts);
  closeStories(db, changes.closedBefore);
  db.run("UPDATE counter SET n = max(n, ?) WHERE name = 'clustered_up_to'", changes.clusteredUpTo);
  if (visible.length > 0) markHead(db, STORIES, change);
  for (const { ref } of visible) markHead(db, storyMark(ref), change);
}

/** Its address, and those that led to it, lead to the story that it is part of now. */
function dropStory(db: Connection, ref: StoryRef, into: StoryRef): void {
  const story = db.get<{ id: string; sources: number; keys: Uint8Array }>(
    'SELECT id, sources, keys FROM story WHERE ref = ?',
    ref,
  );
  if (story === undefined) return;
  dropTerms(db, ref, int32Of(story.keys));
  db.run('DELETE FROM story WHERE ref = ?', ref);
  db.run('UPDATE story_alias SET story = ? WHERE story = ?', into, ref);
  if (story.sources > 1) saveAlias(db, slugOf(story.id), into);
  markHead(db, storyMark(ref), 'takedown');
  markHead(db, storyMark(into), 'revision');
}

function saveAlias(db: Connection, slug: string, story: StoryRef): void {
  db.run('REPLACE INTO story_alias VALUES (?, ?)', slug, story);
}

function closeStories(db: Connection, before: number): void {
  const closing = 'SELECT ref, keys FROM story WHERE open = 1 AND last_at < ?';
  for (const { ref, keys } of db.all<{ ref: StoryRef; keys: Uint8Array }>(closing, before)) {
    dropTerms(db, ref, int32Of(keys));
    db.run('UPDATE story SET open = 0 WHERE ref = ?', ref);
    db.run('UPDATE story_member SET vector = NULL WHERE story = ?', ref); // nothing is compared with a closed story
  }
}

function dropTerms(db: Connection, ref: StoryRef, terms: Iterable<number>): void {
  for (const term of terms) db.run('DELETE FROM story_term WHERE term = ? AND story = ?', term, ref);
}

interface StoryBefore {
  readonly sources: number;
  readonly keys: Uint8Array;
  readonly open: number;
}

/** Returns whether the change is visible in the channel `stories`. */
function saveStory(db: Connection, story: StoryRecord): boolean {
  const before = db.get<StoryBefore>('SELECT sources, keys, open FROM story WHERE ref = ?', story.ref);
  const sources = countSources(story.members);
  const { ref, id, language, firstAt, lastAt, textLength, daily } = story;
  const numbers = [firstAt, lastAt, textLength, daily ? 1 : 0, sources];
  const save = `INSERT INTO story (ref, id, language, first_at, last_at, text_length, daily, sources, open, keys, key_weights)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (ref) DO UPDATE SET first_at = excluded.first_at, last_at = excluded.last_at, text_length = excluded.text_length,
    sources = excluded.sources, open = 1, keys = excluded.keys,
    key_weights = excluded.key_weights`;
  db.run(save, ref, id, language, ...numbers, bytesOf(story.keys), bytesOf(story.keyWeights));
  const had = new Set(before === undefined || before.open === 0 ? [] : int32Of(before.keys));
  story.keys.forEach((term, at) => {
    if (!had.delete(term)) addTerm(db, ref, term, story.keyWeights[at]!);
  });
  dropTerms(db, ref, had);
  if (sources < 2 && (before?.sources ?? 0) > 1) saveAlias(db, slugOf(id), ref);
  return Math.max(sources, before?.sources ?? 0) > 1;
}

/** The number of sources with members other than corrections. */
function countSources(members: readonly StoryMember[]): number {
  return new Set(members.filter(({ role }) => role === 'member').map(({ sourceId }) => sourceId)).size;
}

function addTerm(db: Connection, ref: StoryRef, term: number, weight: number): void {
  db.run('INSERT INTO story_term VALUES (?, ?, ?) ON CONFLICT DO NOTHING', term, ref, weight);
}

interface MemberBefore {
  readonly article: number;
  readonly fullness: number;
  readonly correction: number;
  readonly copy_of: number | null;
  readonly signature: Uint8Array;
  readonly has_vector: number;
}

function saveMembers(db: Connection, stories: readonly StoryRecord[]): void {
  const changed = stories.flatMap((story) => changedMembers(db, story).map((member) => ({ story, member })));
  const update = `ON CONFLICT (article) DO UPDATE SET story = excluded.story, fullness = excluded.fullness,
    correction = excluded.correction, copy_of = excluded.copy_of, signature = excluded.signature, vector = excluded.vector`;
  // The rows of thousands would take much memory at once.
  for (const some of chunks(changed)) {
    const rows = some.map(({ story, member }) => memberValues(story, member));
    insertRows(db, 'INSERT INTO story_member', rows, update);
  }
}

function changedMembers(db: Connection, { ref, members }: StoryRecord): StoryMember[] {
  const rows = db.all<MemberBefore>(
    `SELECT article, fullness, correction, copy_of, signature, vector IS NOT NULL AS has_vector FROM story_member
      WHERE story = ?`,
    ref,
  );
  const before = new Map(rows.map((row) => [row.article, row]));
  return members.filter(({ article, copyOf, fullness, role, signature, vector }) => {
    const row = before.get(article);
    if (row?.copy_of !== copyOf || row.fullness !== fullness) return true;
    if ((row.has_vector === 1) !== (vector !== null)) return true;
    return (row.correction === 1) !== (role === 'correction') || !Buffer.from(bytesOf(signature)).equals(row.signature);
  });
}

function memberValues({ ref }: StoryRecord, { article, fullness, role, copyOf, signature, vector }: StoryMember) {
  const correction = role === 'correction' ? 1 : 0;
  return [article, ref, fullness, correction, copyOf, bytesOf(signature), vector] as const;
}
