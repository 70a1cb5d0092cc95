/** Formats dates in the section's time zone. Intl is not used: its output changes between versions of Node. */
import { findOffset } from '../../model/page.js';
import { formatRfc3339 } from '../../text/timestamp.js';
import { fill, type Labels } from './labels.js';

export interface Shown {
  /** For the attribute `datetime`: with the offset of the zone. */
  readonly iso: string;
  readonly text: string;
}

/** `24 November 2026, 09:30 UTC` */
export function formatMoment(labels: Labels, date: Date): Shown {
  const local = localTime(labels, date);
  const { time, zone } = local;
  return { iso: local.iso, text: fill(labels.moment, { date: dayText(labels, local.date), time, zone }) };
}

/** `24 November 2026`, without the time in `iso`. */
export function formatDay(labels: Labels, date: Date): Shown {
  const local = localTime(labels, date);
  return { iso: local.iso.slice(0, 10), text: dayText(labels, local.date) };
}

/** `09:30 UTC`, for lists under a heading with the day. */
export function formatTime(labels: Labels, date: Date): Shown {
  const { iso, time, zone } = localTime(labels, date);
  return { iso, text: fill(labels.time, { time, zone }) };
}

/** `24 November 2026`, with the full time in `iso`. */
export function formatDate(labels: Labels, date: Date): Shown {
  const local = localTime(labels, date);
  return { iso: local.iso, text: dayText(labels, local.date) };
}

/** `date`: the local time as if it were UTC. */
function localTime({ zone }: Labels, date: Date) {
  const minutes = findOffset(zone, date);
  const local = new Date(date.getTime() + minutes * 60_000);
  const clock = formatRfc3339(local);
  const sign = minutes < 0 ? '-' : '+';
  const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const iso = minutes === 0 ? clock : `${clock.slice(0, -1)}${sign}${two(hour)}:${two(minute)}`;
  const name = minutes === 0 ? 'UTC' : `UTC${sign}${hour}${minute === 0 ? '' : `:${two(minute)}`}`;
  return { date: local, iso, time: clock.slice(-9, -4), zone: name };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function dayText(labels: Labels, local: Date): string {
  const month = labels.months[local.getUTCMonth()]!;
  return fill(labels.date, { day: local.getUTCDate(), month, year: local.getUTCFullYear() });
}
