/** Reads a page without a feed: CSS selectors find its items, in page order. */

import { is, selectAll, selectOne } from 'css-select';
import type { AnyNode, Element } from 'domhandler';
import { ParseError } from '../../model/errors.js';
import type { Item, ParsedFeed } from '../../model/item.js';
import { toLanguageTag } from '../../text/language.js';
import { BLANK_FEED, BLANK_ITEM } from '../blank-feed.js';
import { findSiteName } from '../discover.js';
import { decodeHtml } from '../encoding/decode.js';
import type { KindDocument, KindReader } from '../kind.js';
import { PARSE_LIMITS } from '../limits.js';
import { isChallengePage } from '../unrecognized.js';
import { readTree } from './document.js';
import { findWrittenDate, mergeDates, readAddressDates, readDates } from './page-dates.js';
import type { PageSelectors } from './page-selectors.js';
import {
  extractText,
  findPicture,
  HEADING,
  listElements,
  type PageBase,
  resolveLink,
  resolvePageBase,
} from './tree.js';

export const pageReader: KindReader = {
  read: async ({ body, contentType, url, options }: KindDocument) => {
    const { text, warnings } = decodeHtml(body, contentType);
    const feed = readPage(text, url, options as PageSelectors);
    return { ...feed, warnings: [...warnings, ...feed.warnings] };
  },
};

export interface PageItem {
  readonly url: string;
  readonly title: string;
  /** As written; null: missing. */
  readonly date: string | null;
  readonly summary: string | null;
  readonly image: string | null;
}

/** @throws {ParseError} PARSE_NO_ITEMS: the selectors find nothing, for example after a redesign. */
export function readPage(html: string, url: string, selectors: PageSelectors): ParsedFeed {
  const { root, complete } = readTree(html);
  const elements = listElements(root);
  const base = resolvePageBase(elements, url);
  const found = selectInnermost(selectAll<AnyNode, Element>(selectors.items, root)).slice(0, PARSE_LIMITS.items);
  const items = removeRepeats(found.flatMap((element) => readPageItem(element, selectors, base) ?? []));
  if (items.length === 0) throw createNoItemsError(html, found.length, selectors);
  const language = toLanguageTag(elements.find(({ name }) => name === 'html')?.attribs.lang ?? null);
  const dates = readItemDates(items, selectors, language);
  const isDated = dates.some((date) => date !== null);
  if (selectors.date !== null && !isDated) throw createNoDatesError(items, selectors.date);
  return {
    ...BLANK_FEED,
    format: 'page',
    title: textOrNull(findSiteName(html) ?? findTitle(elements)),
    url,
    language,
    items: items.map((item, place) => toFeedItem(item, dates[place] ?? null)),
    warnings: [
      ...(complete ? [] : ['the page is too large: only its beginning was read']),
      ...warnUndated(dates, isDated),
    ],
  };
}

/** The dates that the selector finds. Without one, the days in the addresses are more reliable. */
function readItemDates(items: readonly PageItem[], selectors: Pick<PageSelectors, 'date'>, language: string | null) {
  const written = readDates(items.map(({ date }) => date), language); // biome-ignore format: one call
  return selectors.date === null ? mergeDates(written, readAddressDates(items.map(({ url }) => url))) : written;
}

/** An element that contains another match is a list of items. So items never overlap. */
function selectInnermost(found: readonly Element[]): Element[] {
  const outer = new Set<AnyNode>();
  for (const { parent } of found) {
    for (let one: AnyNode | null = parent; one !== null && !outer.has(one); one = one.parent) outer.add(one);
  }
  return found.filter((element) => !outer.has(element));
}

/** null: without a web address or a headline. */
export function readPageItem(element: Element, selectors: PageSelectors, base: PageBase): PageItem | null {
  const heading = selectors.title === null ? findHeading(element) : selectElement(element, selectors.title);
  const link = findLinkElement(element, heading, selectors, base);
  const url = link === null ? null : resolveLink(link, base);
  const title = heading === null ? '' : extractText(heading);
  const named = title !== '' ? title : link === null ? '' : toLinkName(link);
  if (url === null || named === '') return null;
  const part = (selector: string | null) => (selector === null ? null : selectElement(element, selector));
  const date = part(selectors.date ?? 'time');
  const summary = part(selectors.summary);
  const image = part(selectors.image);
  return {
    url,
    title: named,
    date: date === null ? null : findWrittenDate(date),
    summary: summary === null ? null : extractText(summary),
    image: image === null ? null : findPicture(image, base),
  };
}

/** The element itself, or the first match in it. */
export function selectElement(element: Element, selector: string): Element | null {
  return is(element, selector) ? element : selectOne<AnyNode, Element>(selector, element);
}

function findHeading(element: Element): Element | null {
  return [element, ...listElements(element)].find(({ name }) => HEADING.test(name)) ?? null;
}

function findLinkElement(
  element: Element,
  heading: Element | null,
  { link }: PageSelectors,
  base: PageBase,
): Element | null {
  const isLink = (one: Element) => one.name === 'a' && resolveLink(one, base) !== null;
  if (link !== null) {
    const found = selectElement(element, link);
    return found === null || resolveLink(found, base) !== null ? found : (listElements(found).find(isLink) ?? null);
  }
  const around = heading === null ? [] : [heading, ...listParents(heading, element)];
  const inHeading = heading === null ? [] : listElements(heading);
  const candidates = [...inHeading, ...around, element, ...listElements(element), ...listParents(element, null)];
  const all = candidates.filter(isLink);
  return all.find((one) => heading !== null || toLinkName(one) !== '') ?? all[0] ?? null;
}

/** The text of a link, else its label or that of its picture. */
function toLinkName(link: Element): string {
  const text = extractText(link);
  if (text !== '') return text;
  const labels = [link, ...listElements(link)].flatMap(({ attribs }) => attribs['aria-label'] ?? attribs.title ?? attribs.alt ?? []); // biome-ignore format: one call
  return labels.map((one) => one.trim()).find((one) => one !== '') ?? '';
}

/** Closest first, up to and including `last`. */
function listParents(element: Element, last: Element | null): Element[] {
  const parents: Element[] = [];
  for (let one = element; one !== last && one.parent !== null && one.parent.type !== 'root'; ) {
    one = one.parent as Element;
    parents.push(one);
  }
  return parents;
}

/** Pictures and buttons link to the same article as its headline. */
function removeRepeats(items: readonly PageItem[]): PageItem[] {
  const byUrl = new Map<string, PageItem>();
  for (const item of items) if (!byUrl.has(item.url)) byUrl.set(item.url, item);
  return [...byUrl.values()];
}

function createNoItemsError(html: string, matches: number, { items }: PageSelectors): ParseError {
  if (isChallengePage(html)) return new ParseError('PARSE_UNRECOGNIZED', 'a bot check (CAPTCHA)', { details: { is: 'challenge' } }); // biome-ignore format: one call
  const found =
    matches === 0
      ? `"items: ${items}" finds nothing on the page`
      : `none of the ${matches} found by "items: ${items}" has a headline with a link`;
  const message = `${found}: the page was probably redesigned; "newsloom sources add" with its address proposes new selectors`;
  return new ParseError('PARSE_NO_ITEMS', message, { details: { matches } });
}

function createNoDatesError({ length }: readonly PageItem[], selector: string): ParseError {
  const message = `none of ${length} items has a date that "date: ${selector}" finds and newsloom can read: the page was probably redesigned; fix "date", or remove it`;
  return new ParseError('PARSE_NO_ITEMS', message, { details: { undated: length } });
}

function warnUndated(dates: readonly (string | null)[], isDated: boolean): string[] {
  const undated = dates.filter((date) => date === null).length;
  return isDated && undated > 0 ? [`items without a readable date: ${undated} of ${dates.length}`] : [];
}

function findTitle(elements: readonly Element[]): string | null {
  const title = elements.find(({ name }) => name === 'title');
  return title === undefined ? null : extractText(title);
}

function textOrNull(value: string | null): ParsedFeed['title'] {
  return value === null || value === '' ? null : { type: 'text', value, base: null };
}

function toFeedItem({ url, title, summary, image }: PageItem, published: string | null): Item {
  return {
    ...BLANK_ITEM,
    url,
    title: textOrNull(title),
    summary: textOrNull(summary),
    images: image === null ? [] : [{ url: image, width: null, height: null, alt: null }],
    published,
  };
}
