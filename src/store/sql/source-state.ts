/** Converts states of sources to JSON with dates as milliseconds. */
import type { FetchState, SourceId } from '../../model/source.js';
import type { Database } from './database.js';

type DateField = { [K in keyof FetchState]-?: FetchState[K] extends Date | null ? K : never }[keyof FetchState];

/** All dates of FetchState. The compiler reports a missing one. */
const DATE_FIELDS = {
  lastAttemptAt: true,
  lastSuccessAt: true,
  nextAttemptAt: true,
  healthSince: true,
  oldestItemAt: true,
  newestArticleAt: true,
  homeSince: true,
  newsWaitsUntil: true,
} as const satisfies Record<DateField, true>;
const DATE_NAMES = Object.keys(DATE_FIELDS) as DateField[];

export function fetchStateToJson(state: FetchState): string {
  const plain: Record<string, unknown> = { ...state };
  for (const name of DATE_NAMES) plain[name] = state[name]?.getTime() ?? null;
  plain.recentDates = state.recentDates.map((date) => date.getTime());
  if (state.redirect !== null) plain.redirect = { ...state.redirect, since: state.redirect.since.getTime() };
  return JSON.stringify(plain);
}

export function fetchStateFromJson(json: string): FetchState {
  const state = JSON.parse(json);
  if (!Array.isArray(state?.recentDates)) throw new SyntaxError('unexpected value of a source state');
  for (const name of DATE_NAMES) state[name] = state[name] == null ? null : parseTimestamp(state[name]);
  state.recentDates = state.recentDates.map(parseTimestamp);
  if (state.redirect) state.redirect.since = parseTimestamp(state.redirect.since);
  return state;
}

function parseTimestamp(time: number): Date {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw new RangeError(`${time} is not a valid time`);
  return date;
}

export async function readSourceState(db: Database, id: SourceId): Promise<FetchState | null> {
  const row = await db.get<{ state: string }>('SELECT state FROM source WHERE id = ?', id);
  return row === undefined ? null : fetchStateFromJson(row.state);
}

/** Call in a transaction. */
export function writeSourceState(db: Database, state: FetchState): void {
  const save = 'INSERT INTO source VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state';
  db.run(save, state.sourceId, fetchStateToJson(state));
}

/** Ids of a source's feeds that have a state: `paper`, `paper.…`. */
export async function listSourceFeeds(db: Database, id: SourceId): Promise<string[]> {
  // In code-unit order, `/` follows `.`.
  const feeds = 'SELECT id FROM source WHERE id = ? OR (id >= ? AND id < ?) ORDER BY id';
  return (await db.all<{ id: string }>(feeds, id, `${id}.`, `${id}/`)).map((row) => row.id);
}
