/** Parses the closing time of a digest: `monday 06:00`. */
import type { DigestTimes } from '../model/digest.js';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const TIME = /^(?:([01]?\d|2[0-3]):([0-5]\d))$/;
const WORDS: Readonly<Record<string, DigestTimes['days']>> = {
  daily: [0, 1, 2, 3, 4, 5, 6],
  weekdays: [1, 2, 3, 4, 5],
  monthly: 'first-of-month',
};

/** null if the days or the time of day are missing or invalid. */
export function parseDigestTimes(written: string): DigestTimes | null {
  const words = written
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const [, hour, minute] = TIME.exec(words.at(-1) ?? '') ?? [];
  if (hour === undefined || minute === undefined) return null;
  const days = parseDays(words.slice(0, -1));
  return days === null ? null : { days, minute: Number(hour) * 60 + Number(minute) };
}

function parseDays(words: readonly string[]): DigestTimes['days'] | null {
  const [first = ''] = words;
  if (words.length === 1 && Object.hasOwn(WORDS, first)) return WORDS[first]!;
  const days = words.map((word) => DAYS.indexOf(word));
  return days.length === 0 || days.includes(-1) ? null : [...new Set(days)].sort();
}
