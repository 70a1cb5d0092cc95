/** Reads a page without a feed: its items are what CSS selectors find, in the order of the page. */

import { is, selectAll, selectOne } from 'css-select';
import type { AnyNode, Element } from 'domhandler';
import { ParseError } from '../../model/errors.js';
import type { Item, ParsedFeed } from '../../model/item.js';
import { languageTag } from '../../text/language.js';
import { BLANK_FEED, BLANK_ITEM } from '../blank-feed.js';
import { siteNameOf } from '../discover.js';
import { decodeHtml } from '../encoding/decode.js';
import type { KindDocument, KindReader } from '../kind.js';
import { PARSE_LIMITS } from '../limits.js';
import { isChallengePage } from '../unrecognized.js';
import { readTree } from './document.js';
import { datesInAddresses, readDates, writtenDate } from './page-dates.js';
import type { PageSelectors } from './page-selectors.js';
import { elementsIn, HEADING, linkOf, type PageBase, pageBaseOf, pictureIn, textIn } from './tree.js';

export const pageReader: KindReader = {
  read: async ({ body, contentType, url, options }: KindDocument) => {
    const { text, warnings } = decodeHtml(body, contentType);
    const feed = readPage(text, url, options as PageSelectors);
    return { ...feed, warnings: [...warnings, ...feed.warnings] };
  },
};

/** What is read of one item, before its date is understood. */
export interface PageItem {
  readonly url: string;
  readonly title: string;
  /** null: it has none. */
  readonly date: string | null;
  readonly summary: string | null;
  readonly image: string | null;
}

/** @throws {ParseError} PARSE_NO_ITEMS where nothing is found: the page is made differently now. */
export function readPage(html: string, url: string, selectors: PageSelectors): ParsedFeed {
  const { root, complete } = readTree(html);
  const elements = elementsIn(root);
  const base = pageBaseOf(elements, url);
  const found = innermost(selectAll<AnyNode, Element>(selectors.items, root)).slice(0, PARSE_LIMITS.items);
  const items = withoutRepeats(found.flatMap((element) => itemIn(element, selectors, base) ?? []));
  if (items.length === 0) throw noItems(html, found.length, selectors);
  const language = languageTag(elements.find(({ name }) => name === 'html')?.attribs.lang ?? null);
  const dates = datesOf(items, selectors, language);
  const isDated = dates.some((date) => date !== null);
  if (selectors.date !== null && !isDated) throw noDates(items, selectors.date);
  return {
    ...BLANK_FEED,
    format: 'page',
    title: textOrNull(siteNameOf(html) ?? titleOf(elements)),
    url,
    language,
    items: items.map((item, place) => feedItem(item, dates[place] ?? null)),
    warnings: [
      ...(complete ? [] : ['the page is too large: only its beginning was read']),
      ...undatedWarning(dates, isDated),
    ],
  };
}

/** As they are written; where the config looks for none and there are none, as their addresses have them. */
export function datesOf(items: readonly PageItem[], selectors: Pick<PageSelectors, 'date'>, language: string | null) {
  const written = readDates(items.map(({ date }) => date), language); // biome-ignore format: one call
  if (selectors.date !== null || written.some((date) => date !== null)) return written;
  return datesInAddresses(items.map(({ url }) => url));
}

/** What holds another match is no item but a list of them; so items never overlap. */
function innermost(found: readonly Element[]): Element[] {
  const outer = new Set<AnyNode>();
  for (const { parent } of found) {
    for (let one: AnyNode | null = parent; one !== null && !outer.has(one); one = one.parent) outer.add(one);
  }
  return found.filter((element) => !outer.has(element));
}

/** null: it has no web address or no headline. */
export function itemIn(element: Element, selectors: PageSelectors, base: PageBase): PageItem | null {
  const heading = selectors.title === null ? headingIn(element) : within(element, selectors.title);
  const link = linkElement(element, heading, selectors, base);
  const url = link === null ? null : linkOf(link, base);
  const title = heading === null ? '' : textIn(heading);
  const named = title !== '' ? title : link === null ? '' : nameOf(link);
  if (url === null || named === '') return null;
  const part = (selector: string | null) => (selector === null ? null : within(element, selector));
  const date = part(selectors.date ?? 'time');
  const summary = part(selectors.summary);
  const image = part(selectors.image);
  return {
    url,
    title: named,
    date: date === null ? null : writtenDate(date),
    summary: summary === null ? null : textIn(summary),
    image: image === null ? null : pictureIn(image, base),
  };
}

/** The element itself, or the first in it. */
export function within(element: Element, selector: string): Element | null {
  return is(element, selector) ? element : selectOne<AnyNode, Element>(selector, element);
}

function headingIn(element: Element): Element | null {
  return [element, ...elementsIn(element)].find(({ name }) => HEADING.test(name)) ?? null;
}

function linkElement(
  element: Element,
  heading: Element | null,
  { link }: PageSelectors,
  base: PageBase,
): Element | null {
  const isLink = (one: Element) => one.name === 'a' && linkOf(one, base) !== null;
  if (link !== null) {
    const found = within(element, link);
    return found === null || linkOf(found, base) !== null ? found : (elementsIn(found).find(isLink) ?? null);
  }
  const around = heading === null ? [] : [heading, ...parentsUpTo(heading, element)];
  const inHeading = heading === null ? [] : elementsIn(heading);
  const candidates = [...inHeading, ...around, element, ...elementsIn(element), ...parentsUpTo(element, null)];
  const all = candidates.filter(isLink);
  return all.find((one) => heading !== null || nameOf(one) !== '') ?? all[0] ?? null;
}

/** Of a link that holds no text: what it is called, or its picture. */
function nameOf(link: Element): string {
  const text = textIn(link);
  if (text !== '') return text;
  const said = [link, ...elementsIn(link)].flatMap(({ attribs }) => attribs['aria-label'] ?? attribs.title ?? attribs.alt ?? []); // biome-ignore format: one call
  return said.map((one) => one.trim()).find((one) => one !== '') ?? '';
}

/** The closest first, `last` the last. */
function parentsUpTo(element: Element, last: Element | null): Element[] {
  const parents: Element[] = [];
  for (let one = element; one !== last && one.parent !== null && one.parent.type !== 'root'; ) {
    one = one.parent as Element;
    parents.push(one);
  }
  return parents;
}

/** Pictures and buttons link to the same article as its headline. */
function withoutRepeats(items: readonly PageItem[]): PageItem[] {
  const byUrl = new Map<string, PageItem>();
  for (const item of items) if (!byUrl.has(item.url)) byUrl.set(item.url, item);
  return [...byUrl.values()];
}

function noItems(html: string, matches: number, { items }: PageSelectors): ParseError {
  if (isChallengePage(html)) return new ParseError('PARSE_UNRECOGNIZED', 'a page that asks whether a person is there', { details: { is: 'challenge' } }); // biome-ignore format: one call
  const found =
    matches === 0
      ? `nothing on the page is found by "items: ${items}"`
      : `none of the ${matches} found by "items: ${items}" has a headline with a link`;
  const message = `${found}: the page was probably redesigned; "newsloom sources add" with its address proposes new selectors`;
  return new ParseError('PARSE_NO_ITEMS', message, { details: { matches } });
}

/** What has no dates any more may be anything: a menu, a list of other pages. */
function noDates({ length }: readonly PageItem[], selector: string): ParseError {
  const message = `none of ${length} items has a date that "date: ${selector}" finds and newsloom can read: the page was probably redesigned; mend "date", or leave it out`;
  return new ParseError('PARSE_NO_ITEMS', message, { details: { undated: length } });
}

function undatedWarning(dates: readonly (string | null)[], isDated: boolean): string[] {
  const undated = dates.filter((date) => date === null).length;
  return isDated && undated > 0 ? [`items without a date that can be read: ${undated} of ${dates.length}`] : [];
}

function titleOf(elements: readonly Element[]): string | null {
  const title = elements.find(({ name }) => name === 'title');
  return title === undefined ? null : textIn(title);
}

function textOrNull(value: string | null): ParsedFeed['title'] {
  return value === null || value === '' ? null : { type: 'text', value, base: null };
}

function feedItem({ url, title, summary, image }: PageItem, published: string | null): Item {
  return {
    ...BLANK_ITEM,
    url,
    title: textOrNull(title),
    summary: textOrNull(summary),
    images: image === null ? [] : [{ url: image, width: null, height: null, alt: null }],
    published,
  };
}
