/** Computes time zone offsets from Node's tables once and keeps them, because later tables may differ. */
import { type SettledZone, type TimeZone, UTC, type ZoneOffset } from '../../../model/page.js';

/** Shorter than any daylight saving period or Ramadan. */
const STEP = 14 * 86_400;
const BEGIN = Date.UTC(1990, 0, 1) / 1000;
/** Seconds that a date may be ahead of the news, such as in a post dated tomorrow. */
const AHEAD = 366 * 86_400;

/** Keeps settled offsets of the same zone and adds those up to `until` (Unix seconds). */
export function settleZone(name: string, before: SettledZone | null, until: number): SettledZone {
  const settled = before?.name === name ? before : null;
  if (settled !== null && until <= settled.until) return settled;
  const end = Math.max(until, BEGIN);
  if (name === UTC.name) return { ...UTC, until: end };
  const known = settled?.offsets ?? [];
  return {
    name,
    offsets: [...known, ...findChanges(name, settled?.until ?? BEGIN, end, known.at(-1)?.[1])],
    until: end,
  };
}

/** Adds offsets after the settled time, for dates ahead of the news. */
export function addFutureOffsets({ name, offsets, until }: SettledZone): TimeZone {
  if (name === UTC.name) return UTC;
  return { name, offsets: [...offsets, ...findChanges(name, until, until + AHEAD, offsets.at(-1)?.[1])] };
}

/** Current offset from UTC by this Node's tables, for unpublished output. */
export function findMinutesAhead(timeZone: string, at: Date): number {
  return timeZone === UTC.name ? 0 : createOffsetLookup(timeZone)(at.getTime() / 1000);
}

/** Offset changes after `from`, up to `to`. Without a previous offset, starts with the one at `from`. */
function findChanges(name: string, from: number, to: number, before: number | undefined): ZoneOffset[] {
  const offsetAt = createOffsetLookup(name);
  const found: ZoneOffset[] = before === undefined ? [[from, offsetAt(from)]] : [];
  let current = before ?? found[0]![1];
  for (let low = from; low < to; low += STEP) {
    const high = Math.min(low + STEP, to);
    if (offsetAt(high) === current) continue;
    const at = findFirstChange(offsetAt, low, high, current);
    current = offsetAt(at);
    found.push([at, current]);
    low = at - STEP;
  }
  return found;
}

/** The first second in (low, high] with another offset than `current`. */
function findFirstChange(offsetAt: (second: number) => number, low: number, high: number, current: number): number {
  let [same, other] = [low, high];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle) === current) same = middle;
    else other = middle;
  }
  return other;
}

function createOffsetLookup(timeZone: string): (second: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (second) => {
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(second * 1000)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  };
}
