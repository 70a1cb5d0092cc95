/** Parses dates in the formats found in feeds. An impossible date gives null. */
import { findMonth } from './months.js';
import { findZoneOffset } from './zones.js';

/** Milliseconds since 1970 UTC. NaN: an impossible date. null: not in this format. */
type DateFormat = (text: string) => number | null;

const DATE_FORMATS: readonly DateFormat[] = [
  parseIsoDate,
  parseOrdinalDate,
  parseBasicDate,
  parseUnixTime,
  parseMonthNameDate,
  parseNumericDate,
];

/** ISO 8601 in UTC with milliseconds; null: not a date. Defaults: zone UTC, time midnight. Years 100 to 9999. */
export function parseDate(text: string): string | null {
  // The minus sign that Scandinavian locales write.
  const trimmed = text.trim().replaceAll('\u2212', '-');
  if (trimmed === '' || trimmed.length > 100) return null;
  for (const dialect of DATE_FORMATS) {
    const time = dialect(trimmed);
    if (time !== null) return Number.isNaN(time) ? null : new Date(time).toISOString();
  }
  return null;
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** In minutes east of Greenwich. */
  readonly zone: number;
}

const MIDNIGHT: Clock = { hour: 0, minute: 0, second: 0, millisecond: 0, zone: 0 };

/** NaN for an impossible day or time. 24:00 is the end of the day, :60 a leap second. */
function toTimestamp(year: number, month: number, day: number, clock: Clock): number {
  const { hour, minute, second, millisecond, zone } = clock;
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  if (year < 100 || year > 9999 || month < 1 || month > 12 || day < 1 || day > countMonthDays(year, month))
    return Number.NaN;
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 60 || Math.abs(zone) > 24 * 60) return Number.NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - zone * 60_000;
}

function countMonthDays(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const TIME = String.raw`(\d{1,2})(?::?(\d{2}))?(?::?(\d{2})(?:[.,:](\d{1,9}))?)?`;
const ZONE = String.raw`(?:\s*(Z|(?:GMT|UTC|UT)?\s?[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z]{1,5}))?`;
/** `parseNumericDate` handles a time followed by "PM". */
const ISO = new RegExp(
  String.raw`^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:(?:\s*[T_]\s*|\s+)${TIME}(?!\s*[ap]m$)${ZONE})?$`,
  'i',
);

function parseIsoDate(text: string): number | null {
  const found = ISO.exec(text.endsWith(')') ? text.replace(/\s*\([^()]*\)$/, '') : text);
  if (!found) return null;
  const [, year, month = '1', day = '1', ...clock] = found;
  return toTimestamp(Number(year), Number(month), Number(day), toClock(clock));
}

const BASIC = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})(?:[T\s]?${TIME}${ZONE})?$`, 'i');

/** Digit strings of these lengths are not YYYYMMDD, YYYYMMDDhhmm or YYYYMMDDhhmmss. */
const UNIX_LENGTHS = /^(?:\d{9,11}|\d{13})$/;

function parseBasicDate(text: string): number | null {
  const found = BASIC.exec(text);
  if (!found || UNIX_LENGTHS.test(text)) return null;
  const [, year, month, day, ...clock] = found;
  const time = toTimestamp(Number(year), Number(month), Number(day), toClock(clock));
  return Number.isNaN(time) && /^\d+$/.test(text) ? null : time; // digits alone may also be Unix time
}

const ORDINAL = new RegExp(String.raw`^(\d{4})-?(\d{3})(?:T${TIME}${ZONE})?$`, 'i');

function parseOrdinalDate(text: string): number | null {
  const found = ORDINAL.exec(text);
  if (!found) return null;
  const [, year, day, ...clock] = found;
  const inYear = countMonthDays(Number(year), 2) + 337;
  if (Number(day) < 1 || Number(day) > inYear) return Number.NaN;
  return toTimestamp(Number(year), 1, 1, toClock(clock)) + (Number(day) - 1) * 86_400_000;
}

function toClock(parts: readonly (string | undefined)[]): Clock {
  const [hour, minute = '0', second = '0', fraction, zone] = parts;
  if (hour === undefined) return MIDNIGHT;
  const millisecond = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond,
    zone: parseZoneOffset(zone),
  };
}

/** `+0200`, `-08`, `GMT+2`, `EST`; an unknown name is UTC (RFC 5322 4.3). */
function parseZoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'GMT' || zone === '+0000') return 0;
  const numeric = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (!numeric) return findZoneOffset(zone) ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
  return numeric[1] === '-' ? -minutes : minutes;
}

/** Seconds or milliseconds since 1970; years 1973 to 2286. */
function parseUnixTime(text: string): number | null {
  if (!/^\d{9,13}(?:\.\d{1,9})?$/.test(text)) return null;
  const number = Number(text);
  return number >= 1e11 ? Math.floor(number) : Math.floor(number * 1000);
}

interface Parts {
  /** The text without time and zone. */
  readonly date: string;
  readonly clock: Clock;
}

const CLOCK =
  /(?<![\d:+-])(\d{1,2})\s?[:h]\s?(\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?:\s*(a\.?m\.?|p\.?m\.?)(?![\p{L}]))?(?:\s*((?:GMT|UTC|UT)?\s?[+-]\d{1,2}:?(?:\d{2})?(?!\d)|[A-Za-z]{1,5}(?![\p{L}.])))?/iu;
const HALF_DAY = /(오전|上午|午前|오후|下午|午後)\s*(?=\d)/u;

/** A time must contain a colon, or follow a full date. */
function splitClock(text: string): Parts {
  const plain = text.replace(/\s*\([^()]*\)/g, '');
  const half = HALF_DAY.exec(plain)?.[1] ?? null;
  const bare = half === null ? plain : plain.replace(HALF_DAY, '');
  const found = CLOCK.exec(bare);
  if (!found) return { date: plain, clock: MIDNIGHT };
  const [whole, hour, minute, second, fraction, meridiem, zone] = found;
  const afternoon = half === null ? (meridiem ?? null)?.[0]?.toLowerCase() : /오후|下午|午後/.test(half) ? 'p' : 'a';
  const month = zone !== undefined && !/[+-]/.test(zone) && findZoneOffset(zone) === null && findMonth(zone) !== null;
  const clock = toClock([hour, minute, second, fraction, month ? undefined : zone]);
  const rest = bare.replace(whole, month ? ` ${zone} ` : ' ');
  return { date: rest.replace(/\s+/g, ' ').trim(), clock: { ...clock, hour: to24Hours(clock.hour, afternoon) } };
}

function to24Hours(hour: number, half: string | undefined): number {
  if (half === 'p' && hour < 12) return hour + 12;
  return half === 'a' && hour === 12 ? 0 : hour;
}

const WORD = String.raw`([\p{L}.'’]{2,20})`;
const ORDINAL_END = String.raw`(?:\.|st|nd|rd|th|er|º|ª)?`;
const OF = String.raw`(?:\s*(?:(?:de|of|del)\s+|d['’]))?`;

/** Weekday names are ignored: they can be in any language, and are often wrong. */
const LAYOUTS: readonly {
  readonly pattern: RegExp;
  readonly order: readonly ['d' | 'm' | 'y', 'd' | 'm' | 'y', 'd' | 'm' | 'y'];
}[] = [
  {
    pattern: new RegExp(
      String.raw`(?<!\d)(\d{1,2})${ORDINAL_END}[\s-]*${OF}${WORD}[\s,-]*${OF}(\d{4}|\d{2,3})(?![\d:])`,
      'iu',
    ),
    order: ['d', 'm', 'y'],
  },
  {
    pattern: new RegExp(
      String.raw`${WORD}[\s-]*(\d{1,2})${ORDINAL_END}(?!\d)[\s,-]*(?:[+-]\d{4}\s+)?(\d{4})(?!\d)`,
      'iu',
    ),
    order: ['m', 'd', 'y'],
  },
  {
    pattern: new RegExp(String.raw`(?<!\d)(\d{4})[\s,.-]*${WORD}[\s,-]*(\d{1,2})(?!\d)`, 'iu'),
    order: ['y', 'm', 'd'],
  },
  { pattern: new RegExp(String.raw`^${WORD}[\s,]+(\d{4})$`, 'iu'), order: ['m', 'y', 'd'] },
];

/** Croatian sets a point after the day. Without it, the word is the Polish November. */
const CROATIAN_OCTOBER = /\d\.\s*listopada\b/i;

function parseMonthNameDate(text: string): number | null {
  if (!/\p{L}/u.test(text)) return null;
  const { date, clock } = splitClock(text.replace(/(\d)[tT](?=\d{1,2}:)/, '$1 '));
  for (const { pattern, order } of LAYOUTS) {
    const found = pattern.exec(date);
    if (!found) continue;
    const [day = '1', month = '', year = ''] = (['d', 'm', 'y'] as const).map((part) => found[order.indexOf(part) + 1]);
    const named = findMonth(CROATIAN_OCTOBER.test(date) ? 'oct' : month);
    if (named !== null) return toTimestamp(expandYear(year), named, Number(day), clock);
  }
  return null;
}

/** RFC 5322 4.3: 00 to 49 mean 2000 to 2049, 50 to 999 count from 1900. */
function expandYear(year: string): number {
  const number = Number(year);
  if (year.length >= 4) return number;
  return number < 50 ? 2000 + number : 1900 + number;
}

/** `Fri, 2006/09/15 08:19:53 EDT`, `15.09.2006 08:19`, `15. 9. 2006`, `9/15/2006`, `2004년 05월 28일`. */
function parseNumericDate(text: string): number | null {
  const marked = text.replace(/(\d)\s*[年년月월]\s*/g, '$1-').replace(/(\d)\s*[日일]/g, '$1 ');
  const { date, clock } = splitClock(marked.replace(/(\d)\s*[時时点시]\s*(?=\d)/g, '$1:'));
  const yearFirst = /(?<!\d)(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})(?!\d)/.exec(date);
  if (yearFirst) return toTimestamp(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]), clock);
  const yearLast = /(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)/.exec(date);
  if (!yearLast) return null;
  const [, first, mark, second, year] = yearLast;
  const american = mark === '/' && Number(first) <= 12;
  return american
    ? toTimestamp(expandYear(year!), Number(first), Number(second), clock)
    : toTimestamp(expandYear(year!), Number(second), Number(first), clock);
}
