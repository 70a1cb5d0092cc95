/** Saves the changed rows of clustering. */
import { STORIES, toStoryMark } from '../../../model/channel.js';
import type { StoryMember, StoryRecord, StoryRef } from '../../../model/story.js';
import type { StoryChanges } from '../../../ports/store/stories.js';
import { toSlug } from '../../../text/slug.js';
import { chunks, insertRows, upsertRows } from '../bulk.js';
import type { Database, Value } from '../database.js';
import { markHead } from '../dirty.js';
import { toBytes, toInt32Array } from './numbers.js';

/** Call in a transaction. */
export async function saveStoryChanges(db: Database, changes: StoryChanges): Promise<void> {
  const change = changes.mayShrink === true ? 'takedown' : 'revision';
  for (const { ref, into } of changes.merged) await dropStory(db, ref, into);
  for (const { slug, story } of changes.aliases ?? []) saveAlias(db, slug, story);
  // A merged story may become separate again.
  if (changes.mayShrink === true)
    for (const { id, ref } of changes.stories)
      db.run('DELETE FROM story_alias WHERE slug = ? AND story <> ?', toSlug(id), ref);
  const visible = await saveStories(db, changes.stories);
  const terms = [...changes.terms].map(([scope, counts]) => [scope, counts]);
  await upsertRows(db, 'term_counts', ['scope'], ['counts'], terms);
  await closeStories(db, changes.closedBefore);
  const upTo = changes.clusteredUpTo;
  db.run("UPDATE counter SET n = ? WHERE name = 'clustered_up_to' AND n < ?", upTo, upTo);
  if (visible.length > 0) markHead(db, STORIES, change);
  for (const ref of visible) markHead(db, toStoryMark(ref), change);
}

/** Redirects the story's address and aliases to `into`. */
async function dropStory(db: Database, ref: StoryRef, into: StoryRef): Promise<void> {
  const select = 'SELECT ref, id, sources, first_at, keys FROM story WHERE ref = ?';
  const story = await db.get<StoredKeys & { id: string; sources: number }>(select, ref);
  if (story === undefined) return;
  dropTerms(db, story, toInt32Array(story.keys));
  db.run('DELETE FROM story WHERE ref = ?', ref);
  db.run('UPDATE story_alias SET story = ? WHERE story = ?', into, ref);
  if (story.sources > 1) saveAlias(db, toSlug(story.id), into);
  markHead(db, toStoryMark(ref), 'takedown');
  markHead(db, toStoryMark(into), 'revision');
}

function saveAlias(db: Database, slug: string, story: StoryRef): void {
  db.run('INSERT INTO story_alias VALUES (?, ?) ON CONFLICT (slug) DO UPDATE SET story = excluded.story', slug, story);
}

async function closeStories(db: Database, before: number): Promise<void> {
  const closing = 'SELECT ref, first_at, keys FROM story WHERE open = 1 AND last_at < ?';
  for (const story of await db.all<StoredKeys>(closing, before)) {
    dropTerms(db, story, toInt32Array(story.keys));
    db.run('UPDATE story SET open = 0 WHERE ref = ?', story.ref);
    db.run('UPDATE story_member SET vector = NULL, cognates = NULL WHERE story = ?', story.ref); // closed stories are not compared
    await db.drain();
  }
}

/** Limits memory: the rows of thousands of stories are large. */
const STORIES_AT_ONCE = 500;

interface StoredKeys {
  readonly ref: StoryRef;
  readonly first_at: number;
  readonly keys: Uint8Array;
}

function dropTerms(db: Database, story: Pick<StoredKeys, 'ref' | 'first_at'>, terms: Iterable<number>): void {
  const all = [...terms];
  if (all.length === 0) return;
  const drop = `DELETE FROM story_key WHERE story = ? AND first_at = ?
    AND term IN (SELECT CAST(item.value AS BIGINT) FROM ${db.dialect.expandNumbers('?')})`;
  db.run(drop, story.ref, story.first_at, JSON.stringify(all));
}

interface PreviousStory extends StoredKeys {
  readonly sources: number;
  readonly open: number;
}

interface SavedStory {
  readonly story: StoryRecord;
  readonly sources: number;
  readonly before: PreviousStory | undefined;
}

async function saveStories(db: Database, stories: readonly StoryRecord[]): Promise<StoryRef[]> {
  const visible: StoryRef[] = [];
  for (const some of chunks(db, stories, STORIES_AT_ONCE)) {
    const refs = some.map(({ ref }) => ref);
    const rows = await db.allMatching<PreviousStory>(
      'SELECT ref, sources, keys, open, first_at FROM story WHERE ref IN',
      refs,
    );
    const before = new Map(rows.map((row) => [row.ref, row]));
    const saved = some.map((story) => {
      return {
        story,
        sources: new Set(story.members.filter(({ role }) => role === 'member').map(({ sourceId }) => sourceId)).size,
        before: before.get(story.ref),
      };
    });
    await saveStoryRows(db, saved);
    await saveKeys(db, saved);
    await saveMembers(db, some, [...before.keys()]);
    for (const { story, sources, before } of saved) {
      if (Math.max(sources, before?.sources ?? 0) > 1) visible.push(story.ref);
      if (sources < 2 && (before?.sources ?? 0) > 1) saveAlias(db, toSlug(story.id), story.ref);
    }
  }
  return visible;
}

async function saveStoryRows(db: Database, saved: readonly SavedStory[]): Promise<void> {
  const into = `story (ref, id, language, first_at, last_at, text_length, daily, sources, open, keys, key_weights)`;
  const rows = saved.map(({ story, sources }) => {
    const { ref, id, language, firstAt, lastAt, textLength, daily, keys, keyWeights } = story;
    const numbers = [firstAt, lastAt, textLength, daily ? 1 : 0, sources, 1];
    return [ref, id, language, ...numbers, toBytes(keys), toBytes(keyWeights)];
  });
  const update = `ON CONFLICT (ref) DO UPDATE SET first_at = excluded.first_at, last_at = excluded.last_at, text_length = excluded.text_length,
    sources = excluded.sources, open = 1, keys = excluded.keys, key_weights = excluded.key_weights`;
  await insertRows(db, into, rows, update);
}

async function saveKeys(db: Database, saved: readonly SavedStory[]): Promise<void> {
  const added: [term: number, firstAt: number, story: StoryRef, weight: number][] = [];
  for (const { story, before } of saved) {
    const { ref, firstAt, keys, keyWeights } = story;
    const had = before === undefined || before.open === 0 ? [] : [...toInt32Array(before.keys)];
    const staying = new Set(before?.first_at === firstAt ? had.filter((term) => keys.includes(term)) : []);
    const left = had.filter((term) => !staying.has(term));
    if (before !== undefined) dropTerms(db, before, left);
    keys.forEach((term, at) => {
      if (!staying.has(term)) added.push([term, firstAt, ref, keyWeights[at]!]);
    });
  }
  // In the order of the table, so that each of its pages changes once.
  added.sort(([a, aFirst], [b, bFirst]) => a - b || aFirst - bFirst);
  await insertRows(db, 'story_key (term, first_at, story, weight)', added, 'ON CONFLICT DO NOTHING');
}

interface PreviousMember {
  readonly story: StoryRef;
  readonly article: number;
  readonly fullness: number;
  readonly correction: number;
  readonly copy_of: number | null;
  readonly signature: Uint8Array;
  readonly language: string | null;
  readonly has_vector: number;
}

/** `known`: those of the stories that are stored. */
async function saveMembers(db: Database, stories: readonly StoryRecord[], known: readonly StoryRef[]): Promise<void> {
  const select = `SELECT story, article, fullness, correction, copy_of, signature, language,
    CASE WHEN vector IS NULL THEN 0 ELSE 1 END AS has_vector FROM story_member WHERE story IN`;
  const found = await db.allMatching<PreviousMember>(select, known);
  const before = new Map(found.map((row) => [row.article, row]));
  const changed = stories.flatMap((story) =>
    story.members
      .filter((member) => isChanged(member, story, before.get(member.article)))
      .map(({ article, fullness, role, copyOf, signature, vector, language, cognates }): Value[] => {
        const texts = [toBytes(signature), vector, language === story.language ? null : language, cognates];
        return [article, story.ref, fullness, role === 'correction' ? 1 : 0, copyOf, ...texts];
      }),
  );
  const update = `ON CONFLICT (article) DO UPDATE SET story = excluded.story, fullness = excluded.fullness,
    correction = excluded.correction, copy_of = excluded.copy_of, signature = excluded.signature, vector = excluded.vector,
    language = excluded.language, cognates = excluded.cognates`;
  await insertRows(db, 'story_member', changed, update);
}

function isChanged(
  { copyOf, fullness, role, signature, vector, language }: StoryMember,
  story: Pick<StoryRecord, 'ref' | 'language'>,
  row: PreviousMember | undefined,
): boolean {
  if (row?.story !== story.ref || row.copy_of !== copyOf || row.fullness !== fullness) return true;
  if ((row.language ?? story.language) !== language) return true;
  if ((row.has_vector === 1) !== (vector !== null)) return true;
  return (row.correction === 1) !== (role === 'correction') || !Buffer.from(toBytes(signature)).equals(row.signature);
}
