/** The worker's side of rounds, on a separate connection without the lock. Methods are single statements and may overlap. */
import type { FetchWorker, RoundStatus } from '../../../model/round.js';
import type { AnswerBox, SharedAnswer } from '../../../ports/rounds.js';
import { answerToRow } from '../../answer-rows.js';
import type { PostgresConnection } from '../connection.js';

export function createAnswerBox(db: PostgresConnection): AnswerBox {
  return {
    async waiting(round, feeds) {
      const open = `SELECT feed FROM answer JOIN round ON round.n = answer.round
        WHERE answer.round = ? AND feed = ANY(?) AND kind IS NULL AND NOT taken AND round.open`;
      return new Set((await db.all<{ feed: string }>(open, round, feeds as never)).map(({ feed }) => feed));
    },
    async save(round, worker, answers) {
      const rows = await toAnswerRows(answers);
      const columns = [rows.map((row) => row.feed), rows.map((row) => row.kind), rows.map((row) => row.meta)];
      const bodies = rows.map((row) => row.body);
      await db.change(SAVE, worker, ...(columns as never[]), bodies as never, round);
      const { open } = (await db.get<{ open: boolean }>('SELECT open FROM round WHERE n = ?', round)) ?? {
        open: false,
      };
      return open;
    },
    async reportAlive({ name, role, version }) {
      const seen = `INSERT INTO worker VALUES (?, ?, ?, now()) ON CONFLICT (name)
        DO UPDATE SET role = excluded.role, version = excluded.version, seen = excluded.seen`;
      await db.change(seen, name, role, version);
      await db.change("DELETE FROM worker WHERE seen < now() - interval '1 day'");
    },
    reportEnded: async ({ name }) => void (await db.change('DELETE FROM worker WHERE name = ?', name)),
    status: () => readRoundStatus(db),
    close: () => db.close(),
  };
}

const SAVE = `UPDATE answer SET kind = given.kind, meta = given.meta, body = given.body, size = coalesce(length(given.body), 0), worker = ?
  FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[]) AS given (feed, kind, meta, body)
  WHERE answer.round = ? AND answer.feed = given.feed AND answer.kind IS NULL AND NOT answer.taken`;

/** In feed order, the order in which the publisher takes answers. */
async function toAnswerRows(answers: readonly SharedAnswer[]) {
  const rows = await Promise.all(
    answers.map(async ({ feeds, answer }) => {
      const row = await answerToRow(answer);
      return feeds.map((feed) => ({ feed, ...row }));
    }),
  );
  return rows.flat().sort((a, b) => (a.feed < b.feed ? -1 : 1));
}

async function readRoundStatus(db: PostgresConnection): Promise<RoundStatus> {
  const workers = await db.all<FetchWorker & { seen: string }>(
    'SELECT name, role, version, (extract(epoch FROM seen) * 1000)::bigint AS seen FROM worker ORDER BY name',
  );
  const last = `SELECT n, now, open, count(answer.feed) AS asked, count(answer.kind) AS answered
    FROM round LEFT JOIN answer ON answer.round = round.n
    WHERE n = (SELECT max(n) FROM round) GROUP BY n`;
  const round = await db.get<{ n: number; now: number; open: boolean; asked: number; answered: number }>(last);
  return {
    workers: workers.map((worker) => ({ ...worker, seen: new Date(Number(worker.seen)) })),
    round: round === undefined ? null : { ...round, now: new Date(round.now) },
  };
}
