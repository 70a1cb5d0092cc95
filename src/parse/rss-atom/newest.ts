/** Which items of an endless document are kept: the newest, in the order in which they stood. */
import { parseDate } from '../dates/dates.js';
import { LIMITS } from '../limits.js';
import { childText, type XmlNode } from '../xml/element.js';
import type { Reading } from './mapping-context.js';

const DATES = ['pubDate', 'published', 'issued', 'dc:date', 'updated', 'modified'];

export function newest(items: readonly XmlNode[], reading: Reading): readonly XmlNode[] {
  if (items.length <= LIMITS.items) return items;
  reading.warnings.add(`of ${items.length} items the ${LIMITS.items} newest were kept`);
  const dated = items.map((item, place) => ({ item, place, date: dateOf(item) }));
  // Those without date keep to the order of the document, in which the newest stand first.
  const byDate = dated.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.place - b.place));
  return byDate
    .slice(0, LIMITS.items)
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function dateOf(item: XmlNode): string {
  for (const name of DATES) {
    const date = parseDate(childText(item, name) ?? '');
    if (date !== null) return date;
  }
  return '';
}
