/** Selects the newest items of a document with too many, keeping their order. */
import { parseDate } from '../dates/dates.js';
import { PARSE_LIMITS } from '../limits.js';
import type { Warnings } from '../warnings.js';
import { childText, type XmlNode } from '../xml/element.js';
import type { MappingContext } from './mapping-context.js';

const DATES = ['pubDate', 'published', 'issued', 'dc:date', 'updated', 'modified'];

export function selectNewestItems(items: readonly XmlNode[], context: MappingContext): readonly XmlNode[] {
  return selectNewest(items, findItemDate, context.warnings);
}

/** @param readDate ISO 8601 in UTC; empty: undated. Undated items keep document order. */
export function selectNewest<T>(items: readonly T[], readDate: (item: T) => string, warnings: Warnings): readonly T[] {
  if (items.length <= PARSE_LIMITS.items) return items;
  warnings.add(`kept the ${PARSE_LIMITS.items} newest of ${items.length} items`);
  const dated = items.map((item, place) => ({ item, place, date: readDate(item) }));
  const byDate = dated.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.place - b.place));
  return byDate
    .slice(0, PARSE_LIMITS.items)
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function findItemDate(item: XmlNode): string {
  for (const name of DATES) {
    const date = parseDate(childText(item, name) ?? '');
    if (date !== null) return date;
  }
  return '';
}
