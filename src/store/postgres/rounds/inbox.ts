/** The publisher's side of rounds, on the connection that holds its lock. */
import type { Round } from '../../../model/round.js';
import type { SourceId } from '../../../model/source.js';
import type { BundleSender, Inbox, RoundFeed } from '../../../ports/rounds.js';
import { type AnswerRow, parseAnswerRow } from '../../answer-rows.js';
import { fetchStateFromJson } from '../../sql/source-state.js';
import type { SharedRounds } from '../../sql/store.js';
import type { PostgresConnection } from '../connection.js';
import { readableJson } from '../escape.js';

/** Maximum number and bytes of answers per read; one answer may exceed the bytes. */
const MOST_ANSWERS = 64;
const MOST_BYTES = 4_000_000;
const MOST_BUNDLES = 50;
const DAY = 86_400_000;
/** Milliseconds for which a round can be resumed. Later, its time would be too old for new articles. */
const RESUMABLE_FOR = 30 * 60_000;
const CLOCK = 'floor(extract(epoch FROM clock_timestamp()))::bigint * 1000';
/** SQL: ignores a round dated by a wrong clock. Later rounds would otherwise use its time and request nothing until then. */
const IS_PLAUSIBLE = `now < ${CLOCK} + ${DAY}`;

export interface OpenedRound {
  n: number | null;
}

export function createInbox(db: PostgresConnection, opened: OpenedRound, sender: BundleSender): Inbox {
  return {
    async openRound() {
      const round = await db.write(async () => (await resumeRound(db)) ?? (await openNewRound(db)));
      // Workers know the number: after a crash of the database, no other round may get it.
      await db.sync();
      opened.n = round.n;
      return round;
    },
    feeds: ({ n }) => readRoundFeeds(db, n),
    async send(bundles, leaseMs) {
      for (let at = 0; at < bundles.length; at += MOST_BUNDLES) {
        const some = bundles.slice(at, at + MOST_BUNDLES);
        const feeds = some.flatMap(({ asks }) => asks.flatMap((ask) => ask.feeds));
        await db.write(async () => {
          db.run(
            'INSERT INTO answer (round, feed) SELECT ?, unnest(?::text[]) ON CONFLICT DO NOTHING',
            some[0]!.round,
            feeds as never,
          );
          await sender.send(some, leaseMs, async (sql, values) => ({
            rows: await db.all(sql, ...(values as never[])),
          }));
        });
      }
    },
    async answers({ n }) {
      const rows = await db.all<AnswerRow & { feed: SourceId }>(NEXT_ANSWERS, n, n);
      return await Promise.all(rows.map(async (row) => ({ feed: row.feed, answer: await parseAnswerRow(row) })));
    },
    async closeRound({ n }) {
      await db.write(async () => {
        db.run('UPDATE round SET open = false WHERE n = ?', n);
        // Do not resend answers that were read without a new state, for example after a network failure.
        db.run('UPDATE answer SET taken = true, body = NULL WHERE round = ? AND is_read AND NOT taken', n);
      });
      opened.n = null;
    },
  };
}

export function createSharedRounds(db: PostgresConnection): SharedRounds {
  const opened: OpenedRound = { n: null };
  return {
    take: (feeds) => takeAnswers(db, opened, feeds),
    methods: { openInbox: (sender) => createInbox(db, opened, sender), dropRounds: () => dropRounds(db) },
  };
}

export async function dropRounds(db: PostgresConnection): Promise<void> {
  await db.write(async () => {
    db.run('UPDATE round SET open = false WHERE open');
    db.run('DELETE FROM answer');
  });
}

const NEXT_ANSWERS = `UPDATE answer SET is_read = true WHERE round = ? AND feed IN (
  SELECT feed FROM (
    SELECT feed, sum(size) OVER (ORDER BY feed) - size AS bytes FROM (
      SELECT feed, size FROM answer WHERE round = ? AND kind IS NOT NULL AND NOT is_read ORDER BY feed LIMIT ${MOST_ANSWERS}
    ) AS unread
  ) AS next WHERE bytes < ${MOST_BYTES}
) RETURNING feed, kind, meta, body`;

/** Resumes an open round and makes unsaved answers unread. */
async function resumeRound(db: PostgresConnection): Promise<Round | null> {
  const last = `SELECT n, now FROM round
    WHERE open AND now >= ${CLOCK} - ${RESUMABLE_FOR} AND ${IS_PLAUSIBLE} ORDER BY n DESC LIMIT 1`;
  const open = await db.get<{ n: number; now: number }>(last);
  if (open === undefined) return null;
  db.run('UPDATE answer SET is_read = false WHERE round = ? AND is_read AND NOT taken', open.n);
  return { n: open.n, now: new Date(open.now) };
}

/** Opens a new round with late answers, except those that depend on the publisher's earlier state. */
async function openNewRound(db: PostgresConnection): Promise<Round> {
  db.run('UPDATE round SET open = false WHERE open');
  const last = `(SELECT max(now) FROM round WHERE ${IS_PLAUSIBLE})`;
  const insert = `INSERT INTO round (now) VALUES (greatest(${CLOCK}, ${last})) RETURNING n, now`;
  const { n, now } = (await db.get<{ n: number; now: number }>(insert))!;
  const late = `UPDATE answer SET round = ?, is_read = false
    WHERE round < ? AND NOT taken AND kind IN ('fresh', 'not-modified', 'failed')`;
  db.run(late, n, n);
  db.run('DELETE FROM answer WHERE round < ?', n);
  db.run('DELETE FROM round WHERE now < ?', now - DAY);
  return { n, now: new Date(now) };
}

async function readRoundFeeds(db: PostgresConnection, n: number): Promise<RoundFeed[]> {
  const asked = `SELECT feed, taken, kind, before, ${readableJson('meta')} ->> 'status' AS status FROM answer WHERE round = ?`;
  type Row = { feed: SourceId; taken: boolean; kind: string | null; before: string | null; status: string | null };
  const rows = await db.all<Row>(asked, n);
  return rows.map(({ feed, taken, kind, before, status }) => ({
    feed,
    part: taken ? 'taken' : 'waiting',
    reached: taken && (kind !== 'failed' || status !== null),
    ...(taken &&
      kind !== 'not-modified' &&
      kind !== 'same' && { before: before === null ? null : fetchStateFromJson(before) }),
  }));
}

/** Marks the answers of these feeds as taken. Call in the transaction that saves their states, before it saves them. */
export function takeAnswers(db: PostgresConnection, { n }: OpenedRound, feeds: readonly SourceId[]): void {
  if (n === null) return;
  const take = `UPDATE answer SET taken = true, body = NULL,
      before = CASE WHEN kind IN ('not-modified', 'same') THEN NULL ELSE (SELECT state FROM source WHERE id = feed) END
    WHERE round = ? AND feed = ANY(?) AND NOT taken`;
  db.run(take, n, feeds as never);
}
