/** The offsets of a time zone, from the tables of this Node: found once, then kept, since later tables may say otherwise. */
import { type SettledZone, type TimeZone, UTC, type ZoneOffset } from '../../../model/page.js';

/** Summer time and Ramadan last longer. */
const STEP = 14 * 86_400;
/** No pages tell times that are as old as this. */
const BEGIN = Date.UTC(1990, 0, 1) / 1000;
/** How far ahead of the news a time may be: a post that is dated tomorrow. */
const AHEAD = 366 * 86_400;

/** What is settled of the same zone stays; what came since, up to `until` (Unix, seconds), is settled now. */
export function settleZone(name: string, before: SettledZone | null, until: number): SettledZone {
  const settled = before?.name === name ? before : null;
  if (settled !== null && until <= settled.until) return settled;
  const end = Math.max(until, BEGIN);
  if (name === UTC.name) return { ...UTC, until: end };
  const known = settled?.offsets ?? [];
  return { name, offsets: [...known, ...changes(name, settled?.until ?? BEGIN, end, known.at(-1)?.[1])], until: end };
}

/** With what this Node knows of the time after that, for the few times of pages that are ahead of the news. */
export function withFuture({ name, offsets, until }: SettledZone): TimeZone {
  if (name === UTC.name) return UTC;
  return { name, offsets: [...offsets, ...changes(name, until, until + AHEAD, offsets.at(-1)?.[1])] };
}

/** Of UTC, by the tables of this Node: for what is not published. */
export function minutesAhead(timeZone: string, at: Date): number {
  return timeZone === UTC.name ? 0 : offsetsOf(timeZone)(at.getTime() / 1000);
}

/** Changes after `from`, up to `to`; where no offset held before, the one at `from` is the first. */
function changes(name: string, from: number, to: number, before: number | undefined): ZoneOffset[] {
  const offsetAt = offsetsOf(name);
  const found: ZoneOffset[] = before === undefined ? [[from, offsetAt(from)]] : [];
  let current = before ?? found[0]![1];
  for (let low = from; low < to; low += STEP) {
    const high = Math.min(low + STEP, to);
    if (offsetAt(high) === current) continue;
    const at = firstWith(offsetAt, low, high, current);
    current = offsetAt(at);
    found.push([at, current]);
    low = at - STEP;
  }
  return found;
}

/** The first second in (low, high] whose offset is not `current`. */
function firstWith(offsetAt: (second: number) => number, low: number, high: number, current: number): number {
  let [same, other] = [low, high];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle) === current) same = middle;
    else other = middle;
  }
  return other;
}

/** In whole minutes. */
function offsetsOf(timeZone: string): (second: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (second) => {
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(second * 1000)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  };
}
