/** Renames topics and sources in articles, channels, archives and states. */
import type { ChannelPath } from '../../model/channel.js';
import type { MachineAnswer, MachineMade } from '../../model/machine.js';
import { SOURCE_IN_ORDER } from '../../model/order.js';
import type { SourceId } from '../../model/source.js';
import { sourceScope } from '../../model/story.js';
import type { RenameStore } from '../../ports/store/store.js';
import { dropSnapshot } from './articles/snapshots.js';
import type { Database } from './database.js';
import { renameAnnouncementStart } from './outbox.js';
import { listSourceFeeds, readSourceState, writeSourceState } from './source-state.js';

export function renameMethods(db: Database): RenameStore {
  return {
    renameTopic: (from, to) =>
      db.write(async () => {
        // Ids need no escaping, and a quotation mark in a phrase is escaped.
        const [old, now] = [from, to].map((id) => `"topicId":"${id}"`);
        const rename = `UPDATE article_text SET topics = replace(topics, ?, ?) WHERE ${db.dialect.contains('topics')}`;
        db.run(rename, old!, now!, old!);
        await renameMachineTopics(db, from, to);
        await renameChannel(db, `topics/${from}`, `topics/${to}`);
      }),
    renameChannel: (from, to) => db.write(() => renameChannel(db, from, to)),
    renameSource: (from, to) =>
      db.write(async () => {
        await renameCarriers(db, from, to);
        db.run('UPDATE article SET source = ? WHERE source = ?', to, from);
        renameOrders(db, from, to);
        for (const feed of await listSourceFeeds(db, from)) await renameState(db, feed, to + feed.slice(from.length));
        const icon = 'UPDATE icon SET source = ? WHERE source = ? AND NOT EXISTS (SELECT 1 FROM icon WHERE source = ?)';
        db.run(icon, to, from, to);
        const counts = `UPDATE term_counts SET scope = ? WHERE scope = ?
          AND NOT EXISTS (SELECT 1 FROM term_counts WHERE scope = ?)`;
        db.run(counts, sourceScope(to), sourceScope(from), sourceScope(to));
        await renameChannel(db, `sources/${from}`, `sources/${to}`);
      }),
  };
}

/** Renames a topic in the answers of commands, which may contain its id elsewhere too. */
async function renameMachineTopics(db: Database, from: string, to: string): Promise<void> {
  const renamed = <M extends Pick<MachineAnswer, 'topics'>>(one: M): M => ({
    ...one,
    topics: [...new Set(one.topics.map((id) => (id === from ? to : id)))],
  });
  const named = (column: string) => `${column} IS NOT NULL AND ${db.dialect.contains(column)}`;
  const id = JSON.stringify(from);
  const made = `SELECT ref, machine FROM article_text WHERE ${named('machine')}`;
  for (const { ref, machine } of await db.all<{ ref: number; machine: string }>(made, id)) {
    const now = (JSON.parse(machine) as MachineMade[]).map(renamed);
    db.run('UPDATE article_text SET machine = ? WHERE ref = ?', JSON.stringify(now), ref);
  }
  const answers = `SELECT ref, key, answer FROM enrichment WHERE ${named('answer')}`;
  for (const { ref, key, answer } of await db.all<{ ref: number; key: string; answer: string }>(answers, id)) {
    const now = JSON.stringify(renamed(JSON.parse(answer) as MachineAnswer));
    db.run('UPDATE enrichment SET answer = ? WHERE ref = ? AND key = ?', now, ref, key);
  }
}

async function renameCarriers(db: Database, from: SourceId, to: SourceId): Promise<void> {
  const carried = `SELECT ref, also_in FROM article WHERE ${db.dialect.contains('also_in')}`;
  for (const { ref, also_in } of await db.all<{ ref: number; also_in: string }>(carried, JSON.stringify(from))) {
    const sources: SourceId[] = JSON.parse(also_in);
    const now = [...new Set(sources.map((id) => (id === from ? to : id)))].sort();
    db.run('UPDATE article SET also_in = ? WHERE ref = ?', JSON.stringify(now), ref);
  }
}

/** Articles with dates without a time of day are ordered by source id. */
function renameOrders(db: Database, from: SourceId, to: SourceId): void {
  const [old, now] = [`${from} `, `${to} `];
  const [begin, end] = [SOURCE_IN_ORDER + 1, SOURCE_IN_ORDER + old.length + 1];
  for (const table of ['member', 'article']) {
    const rename = `UPDATE ${table} SET ord = substr(ord, 1, ${SOURCE_IN_ORDER}) || ? || substr(ord, ${end})
      WHERE substr(ord, ${begin}, ${old.length}) = ? AND ref IN (SELECT ref FROM article WHERE source = ?)`;
    db.run(rename, now, old, to);
  }
}

/** An existing state with the new id stays. */
async function renameState(db: Database, from: string, to: string): Promise<void> {
  const state = await readSourceState(db, from);
  if (state !== null && (await readSourceState(db, to)) === null) writeSourceState(db, { ...state, sourceId: to });
  renameAnnouncementStart(db, 'feed', from, to);
  db.run('DELETE FROM source WHERE id = ?', from);
  dropSnapshot(db, from);
}

/** If the new path exists, its channel takes in the old one's articles. The next edition drops the old channel. */
async function renameChannel(db: Database, from: ChannelPath, to: ChannelPath): Promise<void> {
  renameAnnouncementStart(db, 'channel', from, to);
  const found = await db.allMatching<{ path: ChannelPath; n: number }>('SELECT path, n FROM channel WHERE path IN', [
    from,
    to,
  ]);
  const old = found.find(({ path }) => path === from);
  if (old === undefined) return;
  if (found.length > 1) {
    // Their tags have the new name already, so nothing else would place them again.
    db.run('UPDATE article SET unplaced = 1 WHERE ref IN (SELECT ref FROM member WHERE channel = ?)', old.n);
    return;
  }
  db.run('UPDATE channel SET path = ? WHERE path = ?', to, from);
  db.run('DELETE FROM dirty WHERE channel = ?', to);
  db.run('UPDATE dirty SET channel = ? WHERE channel = ?', to, from);
}
