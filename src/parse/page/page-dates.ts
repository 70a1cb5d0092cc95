/** Reads the dates in a list of a page. */
import type { Element } from 'domhandler';
import { parseDate } from '../dates/dates.js';
import { textIn } from './tree.js';

/** What an element says of a date: its `datetime` or `content`, else its text. */
export function writtenDate(element: Element): string {
  const { datetime, content, title } = element.attribs;
  const said = [datetime, content].find((one) => one !== undefined && parseDate(one) !== null);
  if (said !== undefined) return said;
  const text = textIn(element);
  return parseDate(text) === null && title !== undefined && parseDate(title) !== null ? title : text;
}

/** `3/11/2026` */
const SLASHED = /(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/;
/** Languages in which the month is not written first, but for English, which has both. */
const MONTH_FIRST = /^(?:en|en-us|en-ph)$/i;

/**
 * The dates as ISO 8601 in UTC; null: none. Whether day or month comes first in `3/11/2026` is told by the others in the list, else by
 * the language of the page.
 */
export function readDates(written: readonly (string | null)[], language: string | null): (string | null)[] {
  const slashed = written.flatMap((text) =>
    text === null ? [] : [SLASHED.exec(text)].filter((found) => found !== null),
  );
  const hasDay = (place: number) => slashed.some((found) => Number(found[place]) > 12);
  const isDayFirst = hasDay(1) || (!hasDay(2) && language !== null && !MONTH_FIRST.test(language));
  return written.map((text) => {
    if (text === null) return null;
    return parseDate(isDayFirst ? text.replace(SLASHED, '$1.$2.$3') : text);
  });
}
