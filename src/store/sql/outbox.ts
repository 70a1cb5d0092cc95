/** Stores the outbox of announcements. */
import type { AnnouncedKind, TargetState } from '../../model/outgoing/announcing.js';
import type { OutboxChanges, OutboxMark, OutboxRow, OutboxState, OutboxStore } from '../../ports/store/outbox.js';
import type { Connection } from '../sqlite/connection.js';
import type { Sync } from '../to-async.js';
import { insertRows } from './bulk.js';

export function outboxMethods(db: Connection): Sync<OutboxStore> {
  return {
    outboxBegins: () => db.all('SELECT target, name, since FROM announce_begin'),
    alreadyTold: (target, about, subjects) => {
      const select = `SELECT subject FROM announce_told
        WHERE target = ? AND about = ? AND subject IN (SELECT value FROM json_each(?))`;
      const found = db.all<{ subject: string }>(select, target, about, JSON.stringify(subjects));
      return new Set(found.map(({ subject }) => subject));
    },
    announcements: (states) => {
      const select = `SELECT * FROM outbox WHERE state IN (SELECT value FROM json_each(?)) ORDER BY n`;
      return db.all<StoredRow>(select, JSON.stringify(states)).map(toRow);
    },
    markAnnouncements: (marks, state) =>
      db.write(() => {
        for (const mark of marks) markRows(db, mark);
        if (state !== null)
          db.run('REPLACE INTO announce_target VALUES (?, ?)', state.target, JSON.stringify(state.is));
      }),
    targetStates: () => {
      const rows = db.all<{ id: string; state: string }>('SELECT id, state FROM announce_target');
      return new Map(rows.map(({ id, state }) => [id, JSON.parse(state) as TargetState]));
    },
  };
}

/** Call in a transaction. */
export function saveOutboxChanges(db: Connection, { at, begun, ended, told, rows }: OutboxChanges): void {
  for (const { target, name } of ended) {
    db.run('DELETE FROM announce_begin WHERE target = ? AND name = ?', target, name);
    const dropped = `DELETE FROM outbox WHERE target = ? AND state = 'waiting'
      AND NOT EXISTS (SELECT 1 FROM announce_begin WHERE announce_begin.target = outbox.target)`;
    db.run(dropped, target);
  }
  const next = `INSERT OR IGNORE INTO announce_begin SELECT ?, ?, n FROM counter WHERE name = 'next_ref'`;
  for (const { target, name } of begun) db.run(next, target, name);
  const tellings = told.map(({ target, about, subject }) => [target, about, subject, at.getTime()]);
  insertRows(db, 'INSERT OR IGNORE INTO announce_told (target, about, subject, at)', tellings);
  const waiting = rows.map(({ target, kind, subject }) => [target, kind, subject, 'waiting', at.getTime()]);
  insertRows(db, 'INSERT OR IGNORE INTO outbox (target, kind, subject, state, at)', waiting);
}

/** Renamed topics and sources; what there is under the new name stays. */
export function renameBegin(db: Connection, where: 'channel' | 'feed', from: string, to: string): void {
  const which = where === 'feed' ? '=' : '<>';
  db.run(`UPDATE OR IGNORE announce_begin SET name = ? WHERE name = ? AND target ${which} '*'`, to, from);
}

/** What is forgotten can never be news again: all begin later. Call in a transaction. */
export function pruneOutbox(db: Connection, before: Date): void {
  const first = `SELECT coalesce((SELECT min(ref) FROM article WHERE first_seen >= ?), (SELECT n FROM counter WHERE name = 'next_ref')) AS ref`;
  const { ref } = db.get<{ ref: number }>(first, before.getTime())!;
  db.run('UPDATE announce_begin SET since = ? WHERE since < ?', ref, ref);
  const refs = `DELETE FROM announce_told WHERE about <> 'failure' AND at < ? AND CAST(subject AS INTEGER) < ?`;
  db.run(refs, before.getTime(), ref);
  db.run(`DELETE FROM announce_told WHERE about = 'failure' AND at < ?`, before.getTime());
  db.run(`DELETE FROM outbox WHERE at < ?`, before.getTime());
}

function markRows(db: Connection, { rows, state, message, refused = false }: OutboxMark): void {
  // A call that is made again while nobody knows of the first one counts from that.
  const said =
    message === undefined
      ? ''
      : `, message = ?, text = ?, tried = CASE state WHEN 'sending' THEN coalesce(tried, ?) ELSE ? END`;
  const at = message?.at.getTime() ?? 0;
  const values = message === undefined ? [] : [message.key, message.text, at, at];
  const update = `UPDATE outbox SET state = ?, refusals = refusals + ?${said} WHERE n = ?`;
  for (const n of rows) db.run(update, state, refused ? 1 : 0, ...values, n);
}

interface StoredRow {
  readonly n: number;
  readonly target: string;
  readonly kind: AnnouncedKind;
  readonly subject: string;
  readonly state: OutboxState;
  readonly at: number;
  readonly tried: number | null;
  readonly refusals: number;
  readonly message: string | null;
  readonly text: string | null;
}

function toRow({ at, tried, ...row }: StoredRow): OutboxRow {
  return { ...row, at: new Date(at), triedAt: tried === null ? null : new Date(tried) };
}
