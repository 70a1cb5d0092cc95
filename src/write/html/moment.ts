/** Formats dates in the section's time zone. Intl is not used: its output changes between versions of Node. */
import { findOffset } from '../../model/page.js';
import { formatRfc3339 } from '../../text/timestamp.js';
import { fill, type Labels } from './labels.js';

const DAY = 86_400_000;

export interface Shown {
  /** For the attribute `datetime`: with the offset of the zone. */
  readonly iso: string;
  readonly text: string;
  /** Its zone, if the text does not name it. */
  readonly zone?: string;
}

/** `24 November 2026, 09:30 UTC` */
export function formatMoment(labels: Labels, date: Date): Shown {
  const local = localTime(labels, date);
  const { time, zone } = local;
  return { iso: local.iso, text: fill(labels.moment, { date: dayText(labels, local.date), time, zone }) };
}

/** `24 November 2026, 09:30` */
export function formatLocalMoment(labels: Labels, date: Date): Shown {
  return joinMoment(labels, dayText(labels, localTime(labels, date).date), formatTime(labels, date));
}

/** `24 November 2026`, without the time in `iso`. */
export function formatDay(labels: Labels, date: Date): Shown {
  const local = localTime(labels, date);
  return { iso: local.iso.slice(0, 10), text: dayText(labels, local.date), zone: local.zone };
}

/** `09:30`, for lists under a heading with the day and the zone. */
export function formatTime(labels: Labels, date: Date): Shown {
  const { iso, time, zone } = localTime(labels, date);
  return { iso, text: fill(labels.time, { time, zone: '' }).trim(), zone };
}

/** Formats dates of the last day as `09:30` or `23 November, 21:30`, others as `22 November 2026`. */
export function createRecentFormat(newest: Date | null): (labels: Labels, date: Date) => Shown {
  return (labels, date) => {
    if (newest === null || newest.getTime() - date.getTime() > DAY) return formatDate(labels, date);
    const shown = formatTime(labels, date);
    if (formatDay(labels, date).iso === formatDay(labels, newest).iso) return shown;
    const day = dayText(labels, localTime(labels, date).date, labels.dayOfYear);
    return joinMoment(labels, day, shown);
  };
}

function joinMoment(labels: Labels, date: string, time: Shown): Shown {
  return { ...time, text: fill(labels.moment, { date, time: time.text, zone: '' }).trim() };
}

/** `24 November 2026`, with the full time in `iso`. */
export function formatDate(labels: Labels, date: Date): Shown {
  const local = localTime(labels, date);
  return { iso: local.iso, text: dayText(labels, local.date) };
}

/** `24 November 2026 – 26 November 2026`, or on one day `24 November 2026, 09:30–11:00 UTC`. */
export function formatDateRange(labels: Labels, from: Date, to: Date): string {
  const [first, last] = [formatDay(labels, from), formatDay(labels, to)];
  if (first.iso !== last.iso) return `${first.text} – ${last.text}`;
  const time = `${formatTime(labels, from).text}–${formatTime(labels, to).text}`;
  return fill(labels.moment, { date: first.text, time, zone: first.zone ?? '' });
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

function dayText(labels: Labels, local: Date, pattern: string = labels.date): string {
  const month = labels.months[local.getUTCMonth()]!;
  return fill(pattern, { day: local.getUTCDate(), month, year: local.getUTCFullYear() });
}
