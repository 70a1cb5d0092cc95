/** Renames topics and sources in everything that is stored: articles, channels with their archives, states. */
import type { ChannelPath } from '../../model/channel.js';
import type { SourceId } from '../../model/source.js';
import type { RenameStore } from '../../ports/store/renames.js';
import type { Connection } from '../sqlite/connection.js';
import type { Sync } from '../to-async.js';
import { selectIn } from './bulk.js';
import { renameBegin } from './outbox.js';
import { feedsIn } from './sources/feeds-in.js';
import { dropSnapshot } from './sources/snapshots.js';
import { readSourceState, writeSourceState } from './sources/sources.js';

export function renameMethods(db: Connection): Sync<RenameStore> {
  return {
    renameTopic: (from, to) =>
      db.write(() => {
        // Ids need no escaping, and a quotation mark in a phrase has a backslash before it.
        const [old, now] = [from, to].map((id) => `"topicId":"${id}"`);
        const rename = 'UPDATE article_text SET topics = replace(topics, ?, ?) WHERE instr(topics, ?) > 0';
        db.run(rename, old!, now!, old!);
        renameChannel(db, `topics/${from}`, `topics/${to}`);
      }),
    renameChannel: (from, to) => db.write(() => renameChannel(db, from, to)),
    renameSource: (from, to) =>
      db.write(() => {
        const carried = 'SELECT ref, also_in FROM article WHERE instr(also_in, ?) > 0';
        for (const { ref, also_in } of db.all<{ ref: number; also_in: string }>(carried, JSON.stringify(from))) {
          const sources: SourceId[] = JSON.parse(also_in);
          const now = [...new Set(sources.map((id) => (id === from ? to : id)))].sort();
          db.run('UPDATE article SET also_in = ? WHERE ref = ?', JSON.stringify(now), ref);
        }
        db.run('UPDATE article SET source = ? WHERE source = ?', to, from);
        for (const feed of feedsIn(db, from)) renameState(db, feed, to + feed.slice(from.length));
        db.run('UPDATE OR IGNORE icon SET source = ? WHERE source = ?', to, from);
        renameChannel(db, `sources/${from}`, `sources/${to}`);
      }),
  };
}

/** A state that is there already under the new id stays. */
function renameState(db: Connection, from: string, to: string): void {
  const state = readSourceState(db, from);
  if (state !== null && readSourceState(db, to) === null) writeSourceState(db, { ...state, sourceId: to });
  renameBegin(db, 'feed', from, to);
  db.run('DELETE FROM source WHERE id = ?', from);
  dropSnapshot(db, from);
}

/** A channel that is there already under the new path stays; the old one is dropped by the next edition. */
function renameChannel(db: Connection, from: ChannelPath, to: ChannelPath): void {
  renameBegin(db, 'channel', from, to);
  const paths = selectIn<{ path: ChannelPath }>(db, 'SELECT path FROM channel WHERE path IN', [from, to]);
  if (paths.length !== 1 || paths[0]!.path !== from) return;
  db.run('UPDATE channel SET path = ? WHERE path = ?', to, from);
  db.run('DELETE FROM dirty WHERE channel = ?', to);
  db.run('UPDATE dirty SET channel = ? WHERE channel = ?', to, from);
}
