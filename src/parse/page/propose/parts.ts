/** Proposes selectors for the parts of list items: link, headline, date, summary, picture. */
import type { Element } from 'domhandler';
import { findDates, findWrittenDate, hasDate } from '../page-dates.js';
import type { PageSelectors } from '../page-selectors.js';
import { readPageItem, selectElement } from '../read-page.js';
import { extractText, findPicture, HEADING, listElements, type PageBase } from '../tree.js';
import { listStableClasses } from './groups.js';
import { BARE_TITLE, findHeadingLink, findLinks, findMainLink, selectLongest } from './item-links.js';
import { findPartSelector } from './selector.js';

export const NO_PARTS: Omit<PageSelectors, 'items'> = {
  title: null,
  link: null,
  date: null,
  summary: null,
  image: null,
};

export function proposeParts(sample: readonly Element[], base: PageBase): Omit<PageSelectors, 'items'> {
  const link = proposeLink(sample, base);
  const named = { ...NO_PARTS, link, title: proposeTitle(sample, link, base) };
  const titles = sample.map((element) => readPageItem(element, { items: '*', ...named }, base)?.title ?? '');
  return {
    ...named,
    date: proposeDate(sample),
    summary: proposeSummary(sample, titles),
    image: proposeImage(sample, base),
  };
}

/** null: the default (the heading's or the first link) already finds the main link. */
function proposeLink(sample: readonly Element[], base: PageBase): string | null {
  if (sample.filter((element) => findHeadingLink(element, base) !== null).length >= sample.length * 0.8) return null;
  const main = sample.map((element) => findMainLink(element, base));
  const firsts = sample.map((element) => findLinks(element, base).find((one) => extractText(one) !== '') ?? null);
  if (main.every((one, i) => one === firsts[i])) return null;
  return findSelector(main, sample, 0.8);
}

const TITLED = /(?:^|[-_\s])(?:title|headline|heading|subject|titre|titel|titulo|titolo)(?:$|[-_\s])/i;
/** A longer link contains more than a headline. */
const LONG_TITLE = 120;

/** For items without headings, whose link contains more than the headline. */
function proposeTitle(sample: readonly Element[], link: string | null, base: PageBase): string | null {
  if (measureHeaded(sample) >= 0.8) return proposeHeadingLink(sample, base);
  const linked = sample.map((element) => (link === null ? element : selectElement(element, link)));
  const isLong = linked.map((one) => one !== null && (extractText(one).length > LONG_TITLE || listElements(one).some((inner) => hasDate(extractText(inner))))); // biome-ignore format: one call
  if (isLong.filter(Boolean).length < sample.length * 0.5) return link;
  const wanted = linked.map((one) => (one === null ? null : findTitleElement(one)));
  return findSelector(wanted, sample, MIN_SHARE) ?? link;
}

/** For headings that contain more than the link. null: the heading is the headline. */
function proposeHeadingLink(sample: readonly Element[], base: PageBase): string | null {
  const wanted = sample.map((element) => {
    const heading = [element, ...listElements(element)].find(({ name }) => HEADING.test(name));
    const link = heading === undefined ? null : selectLongest(findLinks(heading, base));
    const [all, linked] = [heading, link].map((one) => (one ? extractText(one).length : 0)) as [number, number];
    return link !== null && linked >= BARE_TITLE && linked >= all * 0.3 && linked < all - 3 ? link : null;
  });
  return findSelector(wanted, sample, MIN_SHARE);
}

/** An element with a title class, else the first text that is not a date. */
function findTitleElement(element: Element): Element | null {
  const inner = listElements(element).filter((one) => extractText(one) !== '');
  const named = inner.filter((one) => TITLED.test(one.attribs.class ?? ''));
  const words = inner.filter(
    (one) => !listElements(one).some((each) => extractText(each) !== '') && !hasDate(findWrittenDate(one)),
  );
  return named.at(-1) ?? words.find((one) => extractText(one).length >= 8) ?? null;
}

export function measureHeaded(sample: readonly Element[]): number {
  const isHeaded = (one: Element) => [one, ...listElements(one)].some(({ name }) => HEADING.test(name));
  return sample.filter(isHeaded).length / sample.length;
}

/** Share of items in which a part must be found. */
const MIN_SHARE = 0.6;

function proposeDate(sample: readonly Element[]): string | null {
  const dated = (selector: string) =>
    sample.filter((element) => {
      const found = selectElement(element, selector);
      return found !== null && hasDate(findWrittenDate(found));
    }).length;
  const holders = sample.flatMap((element) => findDateElement(element) ?? []);
  if (holders.length < sample.length * MIN_SHARE) return null;
  return findPartSelector(holders, dated, sample.length * MIN_SHARE);
}

/** The innermost element with a date. */
function findDateElement(element: Element): Element | null {
  const all = [element, ...listElements(element)].filter((one) => hasDate(findWrittenDate(one)));
  const time = all.find(({ name }) => name === 'time');
  return time ?? all.find((one) => !listElements(one).some((inner) => all.includes(inner))) ?? null;
}

const TEASER =
  /(?:^|[-_\s])(?:teaser|excerpt|summary|description|desc|abstract|intro|lead|standfirst|snippet)(?:$|[-_\s])/i;
/** In characters. A shorter text with a date is a byline. */
const SUMMARY = { least: 40, withDate: 120, most: 2000 };

function proposeSummary(sample: readonly Element[], titles: readonly string[]): string | null {
  const saysMore = (one: Element, title: string) =>
    isSummary(one) && !title.startsWith(extractText(one, SUMMARY.least));
  const wanted = sample.map((element, i) => listElements(element).find((one) => saysMore(one, titles[i]!)) ?? null);
  return proposeDistinctPart(sample, wanted, (one) => extractText(one));
}

function isSummary(element: Element): boolean {
  if (element.name !== 'p' && !TEASER.test(listStableClasses(element).join(' '))) return false;
  const text = extractText(element, SUMMARY.most + 1);
  if (text.length < SUMMARY.least || text.length > SUMMARY.most) return false;
  const inner = listElements(element);
  const linked = inner.filter(({ name }) => name === 'a').reduce((sum, one) => sum + extractText(one).length, 0);
  return (
    !inner.some(({ name }) => HEADING.test(name)) &&
    linked < text.length / 2 &&
    (text.length >= SUMMARY.withDate || findDates(text).length === 0)
  );
}

function proposeImage(sample: readonly Element[], base: PageBase): string | null {
  const pictures = sample.map((element) => listElements(element).filter(({ name }) => name === 'img'));
  const findAddress = (one: Element) => findPicture(one, base);
  const all = pictures.flat().map(findAddress);
  const isMark = (url: string) => all.filter((one) => one === url).length > Math.max(1, sample.length / 5);
  const isOwn = (url: string | null) => url !== null && !isMark(url);
  const wanted = pictures.map((inItem) => inItem.find((one) => isOwn(findAddress(one))) ?? null);
  return proposeDistinctPart(sample, wanted, findAddress);
}

/** A part that most items have, with different values. */
function proposeDistinctPart(
  sample: readonly Element[],
  wanted: readonly (Element | null)[],
  read: (element: Element) => string | null,
): string | null {
  const found = wanted.flatMap((one) => one ?? []);
  if (new Set(found.map(read)).size < Math.max(2, found.length * 0.8)) return null;
  return findSelector(wanted, sample, MIN_SHARE);
}

/** null: no selector finds the element in that share of the items. */
function findSelector(wanted: readonly (Element | null)[], sample: readonly Element[], share: number) {
  const isRight = (selector: string) =>
    wanted.filter((one, i) => one !== null && selectElement(sample[i]!, selector) === one).length;
  return findPartSelector(wanted.flatMap((one) => one ?? []), isRight, sample.length * share); // biome-ignore format: one call
}
