/** Reads the polling hints of a feed. */
import type { ParsedFeed } from '../../model/item.js';
import { children, childText, elementText, type XmlNode } from '../xml/element.js';

type Timing = Pick<ParsedFeed, 'ttlMinutes' | 'skipHours' | 'skipDays' | 'updateEveryMinutes'>;

export function readTiming(channel: XmlNode): Timing {
  return {
    ttlMinutes: parseTtl(childText(channel, 'ttl')),
    skipHours: readSkippedHours(channel),
    skipDays: readSkippedDays(channel),
    updateEveryMinutes: readUpdateInterval(channel),
  };
}

/** At most a year. */
function parseTtl(value: string | null): number | null {
  const number = value !== null && /^\d{1,7}(?:\.\d+)?$/.test(value) ? Math.floor(Number(value)) : 0;
  return number > 0 && number <= 525_600 ? number : null;
}

/** RSS 0.91 counts 1 to 24, RSS 2.0 counts 0 to 23; 24 is midnight in both. */
function readSkippedHours(channel: XmlNode): number[] {
  const found = new Set<number>();
  for (const list of children(channel, 'skipHours')) {
    for (const hour of children(list, 'hour')) {
      const value = elementText(hour);
      if (/^\d{1,2}$/.test(value) && Number(value) <= 24) found.add(Number(value) % 24);
    }
  }
  return [...found].sort((a, b) => a - b);
}

const WEEK = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function readSkippedDays(channel: XmlNode): string[] {
  const days = children(channel, 'skipDays').flatMap((list) =>
    children(list, 'day').map((day) => elementText(day).toLowerCase()),
  );
  return WEEK.filter((day) => days.includes(day.toLowerCase()));
}

/** Minutes per period of the RSS syndication module. Default: one update per day. */
const PERIODS: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

function readUpdateInterval(channel: XmlNode): number | null {
  const period = childText(channel, 'sy:updatePeriod')?.toLowerCase() ?? null;
  const frequency = childText(channel, 'sy:updateFrequency');
  if (period === null && frequency === null) return null;
  const length = Object.hasOwn(PERIODS, period ?? 'daily') ? PERIODS[period ?? 'daily']! : null;
  const times = frequency !== null && /^\d{1,5}$/.test(frequency) && Number(frequency) > 0 ? Number(frequency) : 1;
  return length === null ? null : Math.max(1, Math.round(length / times));
}
