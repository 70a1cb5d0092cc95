/** Stores the outbox of announcements. */
import type { TargetState } from '../../model/announcing.js';
import type { ArticleRef } from '../../model/article.js';
import type { OutboxChanges, OutboxMark, OutboxRow, OutboxStore } from '../../ports/store/outbox.js';
import { insertRows, upsertRows } from './bulk.js';
import type { Database } from './database.js';

export function outboxMethods(db: Database): OutboxStore {
  return {
    outboxBegins: () => db.all('SELECT target, name, since FROM announce_begin ORDER BY target, name'),
    announcedSubjects: async (target, about, subjects) => {
      const told = 'SELECT subject FROM announce_told WHERE target = ? AND about = ? AND subject IN';
      const found = await db.allMatching<{ subject: string }>(told, subjects, target, about);
      return new Set(found.map(({ subject }) => subject));
    },
    announcements: async (states) => {
      const rows = await db.allMatching<StoredRow>('SELECT * FROM outbox WHERE state IN', states);
      return rows
        .sort((a, b) => a.n - b.n)
        .map(({ at, tried, ...row }) => ({
          ...row,
          at: new Date(at),
          triedAt: tried === null ? null : new Date(tried),
        }));
    },
    markAnnouncements: (marks, state) =>
      db.write(async () => {
        for (const mark of marks) markRows(db, mark);
        if (state !== null)
          await upsertRows(db, 'announce_target', ['id'], ['state'], [[state.target, JSON.stringify(state.is)]]);
      }),
    targetStates: async () => {
      const rows = await db.all<{ id: string; state: string }>('SELECT id, state FROM announce_target ORDER BY id');
      return new Map(rows.map(({ id, state }) => [id, JSON.parse(state) as TargetState]));
    },
  };
}

/** Call in a transaction. */
export async function saveOutboxChanges(
  db: Database,
  { at, begun, ended, announced: told, rows }: OutboxChanges,
): Promise<void> {
  for (const { target, name } of ended) {
    db.run('DELETE FROM announce_begin WHERE target = ? AND name = ?', target, name);
    const dropped = `DELETE FROM outbox WHERE target = ? AND state = 'waiting'
      AND NOT EXISTS (SELECT 1 FROM announce_begin WHERE announce_begin.target = outbox.target)`;
    db.run(dropped, target);
  }
  const next = `INSERT INTO announce_begin SELECT ?, ?, n FROM counter WHERE name = 'next_ref' ON CONFLICT DO NOTHING`;
  for (const { target, name } of begun) db.run(next, target, name);
  const tellings = told.map(({ target, about, subject }) => [target, about, subject, at.getTime()]);
  await insertRows(db, 'announce_told (target, about, subject, at)', tellings, 'ON CONFLICT DO NOTHING');
  const waiting = rows.map(({ target, kind, subject }) => [target, kind, subject, 'waiting', at.getTime()]);
  await insertRows(db, 'outbox (target, kind, subject, state, at)', waiting, 'ON CONFLICT DO NOTHING');
}

/** Lets an article be news again. A message that was not sent yet will have the new text. Call in a transaction. */
export function forgetAnnouncement(db: Database, ref: ArticleRef): void {
  db.run(`DELETE FROM announce_told WHERE about = 'news' AND subject = ?`, String(ref));
  const over = `DELETE FROM outbox WHERE kind = 'article' AND subject = ? AND state NOT IN ('waiting', 'sending')`;
  db.run(over, String(ref));
}

/** Renames a topic or source; an existing row with the new name stays. */
export function renameAnnouncementStart(db: Database, where: 'channel' | 'feed', from: string, to: string): void {
  const rename = `UPDATE announce_begin SET name = ? WHERE name = ? AND target ${where === 'feed' ? '=' : '<>'} '*' AND NOT EXISTS
    (SELECT 1 FROM announce_begin AS other WHERE other.target = announce_begin.target AND other.name = ?)`;
  db.run(rename, to, from, to);
}

/** Deletes old rows. Channels start later, so that a pruned article cannot become news again. Call in a transaction. */
export async function pruneOutbox(db: Database, before: Date): Promise<void> {
  const time = before.getTime();
  const first = `SELECT coalesce((SELECT min(ref) FROM article WHERE first_seen >= ?), (SELECT n FROM counter WHERE name = 'next_ref')) AS ref`;
  const { ref } = (await db.get<{ ref: number }>(first, time))!;
  db.run('UPDATE announce_begin SET since = ? WHERE since < ?', ref, ref);
  // Refs are stored as text: a shorter one is smaller.
  const digits = String(ref);
  const refs = `DELETE FROM announce_told WHERE about <> 'failure' AND at < ?
    AND (length(subject) < ? OR (length(subject) = ? AND subject < ?))`;
  db.run(refs, time, digits.length, digits.length, digits);
  db.run(`DELETE FROM announce_told WHERE about = 'failure' AND at < ?`, time);
  db.run('DELETE FROM outbox WHERE at < ?', time);
}

function markRows(db: Database, { rows, state, message, refused = false }: OutboxMark): void {
  // A retry of a request with an unknown result keeps the time of the first one.
  const said =
    message === undefined
      ? ''
      : `, message = ?, text = ?, tried = CASE state WHEN 'sending' THEN coalesce(tried, ?) ELSE ? END`;
  const at = message?.at.getTime() ?? 0;
  const values = message === undefined ? [] : [message.key, message.text, at, at];
  const update = `UPDATE outbox SET state = ?, refusals = refusals + ?${said} WHERE n = ?`;
  for (const n of rows) db.run(update, state, refused ? 1 : 0, ...values, n);
}

type StoredRow = Omit<OutboxRow, 'at' | 'triedAt'> & { readonly at: number; readonly tried: number | null };
