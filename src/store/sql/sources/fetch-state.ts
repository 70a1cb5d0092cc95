/** Converts fetch states to and from JSON, with dates as milliseconds. */
import type { FetchState } from '../../../model/source.js';

type DateField = { [K in keyof FetchState]-?: FetchState[K] extends Date | null ? K : never }[keyof FetchState];

/** All dates of FetchState: a missing one is a compile error. */
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

export function fetchStateToJson(state: FetchState): string {
  const plain: Record<string, unknown> = { ...state };
  for (const name of Object.keys(DATE_FIELDS) as DateField[]) plain[name] = state[name]?.getTime() ?? null;
  plain.recentDates = state.recentDates.map((date) => date.getTime());
  if (state.redirect !== null) plain.redirect = { ...state.redirect, since: state.redirect.since.getTime() };
  return JSON.stringify(plain);
}

export function fetchStateFromJson(json: string): FetchState {
  const state = JSON.parse(json);
  if (!Array.isArray(state?.recentDates)) throw new SyntaxError('the state of a source is not as it was written');
  for (const name of Object.keys(DATE_FIELDS)) state[name] = state[name] == null ? null : dateOf(state[name]);
  state.recentDates = state.recentDates.map(dateOf);
  if (state.redirect) state.redirect.since = dateOf(state.redirect.since);
  return state;
}

function dateOf(time: number): Date {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) throw new RangeError(`${time} is no time`);
  return date;
}
