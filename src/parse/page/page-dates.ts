/** Reads the dates in the list of a page. */
import type { Element } from 'domhandler';
import { parseDate } from '../dates/dates.js';
import { extractText } from './tree.js';

/** `datetime` or `content`, else the text. */
export function findWrittenDate(element: Element): string {
  const { datetime, content, title } = element.attribs;
  const attribute = [datetime, content].find((one) => one !== undefined && parseDate(one) !== null);
  if (attribute !== undefined) return attribute;
  const text = extractText(element);
  if (isDate(text)) return text;
  if (title !== undefined && isDate(title)) return title;
  return findDates(text)[0] ?? text;
}

/** Longer texts may contain a date, but are not one. */
const LONGEST_DATE = 40;
const MACHINE_DATE = /^\d{4}-\d\d-\d\d|^\w{3}, \d|^\d{9,13}$/;
const MONTH_AND_YEAR = /^\p{L}{3,12}\.?,?\s(?:19|20)\d\d$/u;

function isDate(text: string): boolean {
  if (text.length > LONGEST_DATE || parseDate(normalizeDayFirst(text)) === null) return false;
  return MACHINE_DATE.test(text) || MONTH_AND_YEAR.test(text) || text.search(DATE_PATTERN) >= 0;
}

export function hasDate(text: string): boolean {
  return isDate(text);
}

const DATE_PATTERN =
  /(?<!\d)(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?(?:(?:19|20)\d\d|\d\d)|\d{1,2}(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+)?\p{L}{3,12}\.?,?\s+(?:de\s+)?(?:19|20)\d\d|(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|(?:19|20)\d\d\.?\s+\p{L}{3,12}\.?\s+\d{1,2})(?!\d)|(?<!\p{L})\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d(?!\d)/gu;

export function findDates(text: string): string[] {
  return [...text.matchAll(DATE_PATTERN)]
    .map(([found]) => found)
    .filter((found) => parseDate(normalizeDayFirst(found)) !== null);
}

const AMBIGUOUS_ORDER = /(?<!\d)(\d{1,2})([-/])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
/** Languages that may write the month first. */
const MONTH_FIRST = /^(?:en|en-us|en-ph)$/i;

/** Puts the day first if one of the two numbers cannot be a month. */
function normalizeDayFirst(text: string): string {
  return text.replace(AMBIGUOUS_ORDER, (whole, first, _, second, year) =>
    Number(second) > 12 ? `${second}.${first}.${year}` : Number(first) > 12 ? `${first}.${second}.${year}` : whole,
  );
}

/** ISO 8601 in UTC; null: none. The order in `3/11/2026` follows the other dates, else the page's language. */
export function readDates(written: readonly (string | null)[], language: string | null): (string | null)[] {
  const found = written.map((text) => AMBIGUOUS_ORDER.exec(text ?? ''));
  const hasDay = (place: number) => found.some((one) => one !== null && Number(one[place]) > 12);
  const isDayFirst = hasDay(1) || (!hasDay(3) && language !== null && !MONTH_FIRST.test(language));
  const inOrder = isDayFirst ? '$1.$3.$4' : '$3.$1.$4';
  return written.map((text) => (text === null ? null : parseDate(text.replace(AMBIGUOUS_ORDER, inOrder))));
}

/** `/2026/11/24/`, `/2026-11-24-`, `/2026/1124/`: a whole day. */
const DAY_IN_PATH =
  /(?<!\d)(?:((?:19|20)\d\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d|-\d\d-\d\d)|((?:19|20)\d\d)\/(\d\d)(\d\d)(?=\/))/;
const MIN_DATED_SHARE = 0.6;
const DAY_MS = 86_400_000;

/** Whether a date is on the day of the address, in any time zone. Prose has other dates, too. */
function isOnDay(date: string, day: string): boolean {
  const since = Date.parse(date) - Date.parse(day);
  return since >= -DAY_MS && since < 2 * DAY_MS;
}

/** Whether the days in the addresses and most written dates exclude each other. Then the written ones mean something else. */
export function contradictDays(written: readonly (string | null)[], days: readonly (string | null)[]): boolean {
  const both = written.flatMap((date, i) => (date === null || days[i] === null ? [] : [isOnDay(date, days[i]!)]));
  return both.filter((agree) => !agree).length > both.length * 0.2;
}

/** The written dates, except where the days in the addresses contradict them or they are missing. */
export function mergeDates(written: readonly (string | null)[], days: readonly (string | null)[]): (string | null)[] {
  return written.map((date, i) => {
    const day = days[i] ?? null;
    return date === null || (day !== null && !isOnDay(date, day)) ? (day ?? date) : date;
  });
}

/** ISO 8601 in UTC. All null unless most addresses contain a day. */
export function readAddressDates(urls: readonly string[]): (string | null)[] {
  const found = urls.map((url) => {
    const [, year, , month, day, ...joined] = DAY_IN_PATH.exec(new URL(url).pathname) ?? [];
    return parseDate(year === undefined ? joined.join('-') : `${year}-${month}-${day}`);
  });
  return found.filter((date) => date !== null).length < urls.length * MIN_DATED_SHARE ? urls.map(() => null) : found;
}
