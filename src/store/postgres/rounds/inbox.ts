/** The publisher's side of rounds, on the connection that holds its lock. */
import type { Round } from '../../../model/round.js';
import type { SourceId } from '../../../model/source.js';
import type { AskedFeed, BundleSender, Inbox } from '../../../ports/rounds.js';
import { fetchStateFromJson } from '../../sql/source-state.js';
import type { SharedRounds } from '../../sql/store.js';
import type { PostgresConnection } from '../connection.js';
import { readableJson } from '../escape.js';
import { type AnswerRow, answerFromRow } from './answer-rows.js';

/** Answers that are read at once: so many, or of so many bytes and one more. */
const MOST_ANSWERS = 64;
const MOST_BYTES = 4_000_000;
/** Bundles in one transaction. */
const MOST_BUNDLES = 50;
const DAY = 86_400_000;
/** Milliseconds after which an open round is not gone on with: what came out since would be dated by its time. */
const GOES_ON_FOR = 30 * 60_000;
/** SQL: the time of the database, in whole seconds. */
const CLOCK = 'floor(extract(epoch FROM clock_timestamp()))::bigint * 1000';
/** SQL: one that does was dated by a clock that was wrong: all would have its time, and ask nobody, until that has come. */
const NOT_DAYS_AHEAD = `now < ${CLOCK} + ${DAY}`;

/** `round` of the inbox that is open in this store; null: none. */
export interface OpenedRound {
  n: number | null;
}

export function inboxMethods(db: PostgresConnection, opened: OpenedRound, sender: BundleSender): Inbox {
  return {
    async openRound() {
      const round = await db.write(async () => (await goOn(db)) ?? (await openNew(db)));
      // Workers know its number: after a crash of the database no other round may have it.
      await db.sync();
      opened.n = round.n;
      return round;
    },
    asked: ({ n }) => askedFeeds(db, n),
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
      return await Promise.all(rows.map(async (row) => ({ feed: row.feed, answer: await answerFromRow(row) })));
    },
    async closeRound({ n }) {
      await db.write(async () => {
        db.run('UPDATE round SET open = false WHERE n = ?', n);
        // What was read and led to no state, such as of a network that was down, is not to come again.
        db.run('UPDATE answer SET taken = true, body = NULL WHERE round = ? AND is_read AND NOT taken', n);
      });
      opened.n = null;
    },
  };
}

/** What the store of a publisher has for rounds. */
export function sharedRounds(db: PostgresConnection): SharedRounds {
  const opened: OpenedRound = { n: null };
  return {
    take: (feeds) => takeAnswers(db, opened, feeds),
    methods: { openInbox: (sender) => inboxMethods(db, opened, sender), dropRounds: () => dropRounds(db) },
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

/** What was read and not taken is read again. */
async function goOn(db: PostgresConnection): Promise<Round | null> {
  const last = `SELECT n, now FROM round
    WHERE open AND now >= ${CLOCK} - ${GOES_ON_FOR} AND ${NOT_DAYS_AHEAD} ORDER BY n DESC LIMIT 1`;
  const open = await db.get<{ n: number; now: number }>(last);
  if (open === undefined) return null;
  db.run('UPDATE answer SET is_read = false WHERE round = ? AND is_read AND NOT taken', open.n);
  return { n: open.n, now: new Date(open.now) };
}

/** Answers that came late are in it, where they do not lean on what the publisher had then. */
async function openNew(db: PostgresConnection): Promise<Round> {
  db.run('UPDATE round SET open = false WHERE open');
  const last = `(SELECT max(now) FROM round WHERE ${NOT_DAYS_AHEAD})`;
  const insert = `INSERT INTO round (now) VALUES (greatest(${CLOCK}, ${last})) RETURNING n, now`;
  const { n, now } = (await db.get<{ n: number; now: number }>(insert))!;
  const late = `UPDATE answer SET round = ?, is_read = false
    WHERE round < ? AND NOT taken AND kind IN ('fresh', 'not-modified', 'failed')`;
  db.run(late, n, n);
  db.run('DELETE FROM answer WHERE round < ?', n);
  db.run('DELETE FROM round WHERE now < ?', now - DAY);
  return { n, now: new Date(now) };
}

async function askedFeeds(db: PostgresConnection, n: number): Promise<AskedFeed[]> {
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

/** Takes the answers of these feeds: call it in the transaction that saves their states, before they are saved. */
export function takeAnswers(db: PostgresConnection, { n }: OpenedRound, feeds: readonly SourceId[]): void {
  if (n === null) return;
  const take = `UPDATE answer SET taken = true, body = NULL,
      before = CASE WHEN kind IN ('not-modified', 'same') THEN NULL ELSE (SELECT state FROM source WHERE id = feed) END
    WHERE round = ? AND feed = ANY(?) AND NOT taken`;
  db.run(take, n, feeds as never);
}
