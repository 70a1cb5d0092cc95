/** Marks published documents as out of date. Call the marking functions in a transaction. */
import { findArchiveNumber } from '../../model/archive.js';
import type { ArticleRef } from '../../model/article.js';
import { type ChannelPath, toStoryMark } from '../../model/channel.js';
import type { StoryRef } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import type { Database } from './database.js';
import { isVisible, type Member, readMembers } from './members.js';
import { saveOutboxChanges } from './outbox.js';

/** `takedown`: also rewrites full archive documents. */
export type DirtyChange = 'revision' | 'takedown';

export function dirtyMethods(db: Database) {
  return {
    dirty: async () => {
      const rows = await db.all<DirtyRow>('SELECT * FROM dirty ORDER BY channel, archive');
      return rows.map(({ channel, archive, takedown }) => {
        return { channel, archive: archive === 0 ? null : archive, takedown: takedown === 1 };
      });
    },
    clearDirty: (documents, outbox = null) =>
      db.write(async () => {
        if (outbox !== null) await saveOutboxChanges(db, outbox);
        for (const { channel, archive } of documents) {
          db.run('DELETE FROM dirty WHERE channel = ? AND archive = ?', channel, archive ?? 0);
        }
      }),
  } satisfies Partial<Store>;
}

interface DirtyRow {
  readonly channel: ChannelPath;
  readonly archive: number;
  readonly takedown: number;
}

function markDocument(db: Database, channel: ChannelPath, archive: number, change: DirtyChange): void {
  const mark = `INSERT INTO dirty VALUES (?, ?, ?) ON CONFLICT (channel, archive)
    DO UPDATE SET takedown = excluded.takedown WHERE excluded.takedown > dirty.takedown`;
  db.run(mark, channel, archive, change === 'takedown' ? 1 : 0);
}

export function markHead(db: Database, channel: ChannelPath, change: DirtyChange): void {
  markDocument(db, channel, 0, change);
}

/** Marks the head and the archive document, if any: a head that lost many articles also shows archived ones. */
export function markMember(db: Database, { path, spot }: Pick<Member, 'path' | 'spot'>, change: DirtyChange): void {
  markHead(db, path, change);
  if (spot !== null) markDocument(db, path, findArchiveNumber(spot), change);
}

/** Marks stories of the articles that have several sources or an alias. */
export async function markStories(db: Database, refs: readonly ArticleRef[], change: DirtyChange): Promise<void> {
  const told = `SELECT story FROM story_member AS m JOIN story ON story.ref = m.story WHERE article = ?
    AND (sources > 1 OR EXISTS (SELECT 1 FROM story_alias AS a WHERE a.story = m.story))`;
  const found = await db.allBatched<{ story: StoryRef }>(
    told,
    refs.map((ref) => [ref]),
  );
  for (const { story } of found.flat()) markHead(db, toStoryMark(story), change);
}

export async function markArticles(db: Database, refs: readonly ArticleRef[], change: DirtyChange): Promise<void> {
  await markStories(db, refs, change);
  for (const member of (await readMembers(db, refs)).filter(isVisible)) markMember(db, member, change);
  await db.drain();
}

/** Marks the documents of the places [from, to), and the document before a new one, which gets its next-archive link. */
export function markGrowth(db: Database, channel: ChannelPath, from: number, to: number): void {
  if (from === to) return;
  markHead(db, channel, 'revision');
  const last = findArchiveNumber(to - 1);
  for (let number = Math.max(1, findArchiveNumber(from - 1)); number <= last; number++) {
    markDocument(db, channel, number, number < last ? 'takedown' : 'revision');
  }
}
