/** Formats dates by our own tables, since the output of Intl changes between versions of Node. */
import { rfc3339 } from '../../text/timestamp.js';
import { fill, type Labels } from './labels.js';

/** A date as a page shows it. */
export interface Shown {
  /** For the attribute `datetime`. */
  readonly iso: string;
  readonly text: string;
}

/** `24 November 2026, 09:30 UTC` */
export function momentIn(labels: Labels, date: Date): Shown {
  const iso = rfc3339(date);
  return { iso, text: fill(labels.moment, { date: dayText(labels, date), time: iso.slice(-9, -4) }) };
}

/** `24 November 2026`, in UTC. */
export function dayIn(labels: Labels, date: Date): Shown {
  return { iso: rfc3339(date).slice(0, -10), text: dayText(labels, date) };
}

/** `09:30 UTC`, for lists under a heading with the day. */
export function timeIn(labels: Labels, date: Date): Shown {
  const iso = rfc3339(date);
  return { iso, text: fill(labels.time, { time: iso.slice(-9, -4) }) };
}

/** `24 November 2026`, with the full time in `iso`. */
export function dateIn(labels: Labels, date: Date): Shown {
  return { iso: rfc3339(date), text: dayText(labels, date) };
}

function dayText(labels: Labels, date: Date): string {
  const month = labels.months[date.getUTCMonth()]!;
  return fill(labels.date, { day: date.getUTCDate(), month, year: date.getUTCFullYear() });
}
