/** Finds the selectors of what belongs to the items of a list: link, headline, date, a few words, picture. */
import type { Element } from 'domhandler';
import { datesIn, hasDate, writtenDate } from '../page-dates.js';
import type { PageSelectors } from '../page-selectors.js';
import { itemIn, within } from '../read-page.js';
import { elementsIn, HEADING, type PageBase, pictureIn, textIn } from '../tree.js';
import { classesOf } from './groups.js';
import { BARE_TITLE, headingLink, linksIn, longestOf, mainLink } from './item-links.js';
import { selectorWithin } from './selector.js';

export const NO_PARTS: Omit<PageSelectors, 'items'> = {
  title: null,
  link: null,
  date: null,
  summary: null,
  image: null,
};

/** What of an item is found where. */
export function itemParts(sample: readonly Element[], base: PageBase): Omit<PageSelectors, 'items'> {
  const link = linkPart(sample, base);
  const named = { ...NO_PARTS, link, title: titlePart(sample, link, base) };
  const titles = sample.map((element) => itemIn(element, { items: '*', ...named }, base)?.title ?? '');
  return { ...named, date: datePart(sample), summary: summaryPart(sample, titles), image: imagePart(sample, base) };
}

/** null: what is read without it, the link of the heading or the first one, is the main link already. */
function linkPart(sample: readonly Element[], base: PageBase): string | null {
  if (sample.filter((element) => headingLink(element, base) !== null).length >= sample.length * 0.8) return null;
  const main = sample.map((element) => mainLink(element, base));
  const firsts = sample.map((element) => linksIn(element, base).find((one) => textIn(one) !== '') ?? null);
  if (main.every((one, i) => one === firsts[i])) return null;
  return selectorFinding(main, sample, 0.8);
}

const TITLED = /(?:^|[-_\s])(?:title|headline|heading|subject|titre|titel|titulo|titolo)(?:$|[-_\s])/i;
/** A link of more characters holds more than a headline. */
const LONG_TITLE = 120;

/** Where no heading says it and the link holds more than the headline: what is called a title, or is the first words. */
function titlePart(sample: readonly Element[], link: string | null, base: PageBase): string | null {
  if (headedIn(sample) >= 0.8) return titleInHeading(sample, base);
  const linked = sample.map((element) => (link === null ? element : within(element, link)));
  const isLong = linked.map((one) => one !== null && (textIn(one).length > LONG_TITLE || elementsIn(one).some((inner) => hasDate(textIn(inner))))); // biome-ignore format: one call
  if (isLong.filter(Boolean).length < sample.length * 0.5) return link;
  const wanted = linked.map((one) => (one === null ? null : firstWords(one)));
  return selectorFinding(wanted, sample, MOST_ITEMS) ?? link;
}

/** Where headings hold more than a link, such as a line below: that link. null: the heading is the headline. */
function titleInHeading(sample: readonly Element[], base: PageBase): string | null {
  const wanted = sample.map((element) => {
    const heading = [element, ...elementsIn(element)].find(({ name }) => HEADING.test(name));
    const link = heading === undefined ? null : longestOf(linksIn(heading, base));
    const [all, linked] = [heading, link].map((one) => (one ? textIn(one).length : 0)) as [number, number];
    return link !== null && linked >= BARE_TITLE && linked >= all * 0.3 && linked < all - 3 ? link : null;
  });
  return selectorFinding(wanted, sample, MOST_ITEMS);
}

/** What is called a title in an element, else its first words that are no date. */
function firstWords(element: Element): Element | null {
  const inner = elementsIn(element).filter((one) => textIn(one) !== '');
  const named = inner.filter((one) => TITLED.test(one.attribs.class ?? ''));
  const words = inner.filter(
    (one) => !elementsIn(one).some((each) => textIn(each) !== '') && !hasDate(writtenDate(one)),
  );
  return named.at(-1) ?? words.find((one) => textIn(one).length >= 8) ?? null;
}

/** Share of the elements that have a heading, or are one. */
export function headedIn(sample: readonly Element[]): number {
  const isHeaded = (one: Element) => [one, ...elementsIn(one)].some(({ name }) => HEADING.test(name));
  return sample.filter(isHeaded).length / sample.length;
}

/** Share of items in which a part must be found. */
const MOST_ITEMS = 0.6;

function datePart(sample: readonly Element[]): string | null {
  const dated = (selector: string) =>
    sample.filter((element) => {
      const found = within(element, selector);
      return found !== null && hasDate(writtenDate(found));
    }).length;
  const holders = sample.flatMap((element) => smallestDate(element) ?? []);
  if (holders.length < sample.length * MOST_ITEMS) return null;
  return selectorWithin(holders, dated, sample.length * MOST_ITEMS);
}

/** The innermost element that holds a date, the first of them; the item itself where it is the only one. */
function smallestDate(element: Element): Element | null {
  const all = [element, ...elementsIn(element)].filter((one) => hasDate(writtenDate(one)));
  const time = all.find(({ name }) => name === 'time');
  return time ?? all.find((one) => !elementsIn(one).some((inner) => all.includes(inner))) ?? null;
}

const TEASER =
  /(?:^|[-_\s])(?:teaser|excerpt|summary|description|desc|abstract|intro|lead|standfirst|snippet)(?:$|[-_\s])/i;
/** Characters of a few words on an article; with a date, a shorter one is a byline. */
const SUMMARY = { least: 40, withDate: 120, most: 2000 };

/** The first paragraph of each, or what is called its summary. */
function summaryPart(sample: readonly Element[], titles: readonly string[]): string | null {
  const saysMore = (one: Element, title: string) => isSummary(one) && !title.startsWith(textIn(one, SUMMARY.least));
  const wanted = sample.map((element, i) => elementsIn(element).find((one) => saysMore(one, titles[i]!)) ?? null);
  return partThatDiffers(sample, wanted, (one) => textIn(one));
}

function isSummary(element: Element): boolean {
  if (element.name !== 'p' && !TEASER.test(classesOf(element).join(' '))) return false;
  const text = textIn(element, SUMMARY.most + 1);
  if (text.length < SUMMARY.least || text.length > SUMMARY.most) return false;
  const inner = elementsIn(element);
  const linked = inner.filter(({ name }) => name === 'a').reduce((sum, one) => sum + textIn(one).length, 0);
  return (
    !inner.some(({ name }) => HEADING.test(name)) &&
    linked < text.length / 2 &&
    (text.length >= SUMMARY.withDate || datesIn(text).length === 0)
  );
}

function imagePart(sample: readonly Element[], base: PageBase): string | null {
  const pictures = sample.map((element) => elementsIn(element).filter(({ name }) => name === 'img'));
  const addressOf = (one: Element) => pictureIn(one, base);
  const all = pictures.flat().map(addressOf);
  const isMark = (url: string) => all.filter((one) => one === url).length > Math.max(1, sample.length / 5);
  const isOwn = (url: string | null) => url !== null && !isMark(url);
  const wanted = pictures.map((inItem) => inItem.find((one) => isOwn(addressOf(one))) ?? null);
  return partThatDiffers(sample, wanted, addressOf);
}

/** What most items have, each its own: a line or a picture that is the same in many says nothing of one. */
function partThatDiffers(
  sample: readonly Element[],
  wanted: readonly (Element | null)[],
  say: (element: Element) => string | null,
): string | null {
  const found = wanted.flatMap((one) => one ?? []);
  if (new Set(found.map(say)).size < Math.max(2, found.length * 0.8)) return null;
  return selectorFinding(wanted, sample, MOST_ITEMS);
}

/** What finds the element that is wanted in each item, at least in this share of them; null: nothing does. */
function selectorFinding(wanted: readonly (Element | null)[], sample: readonly Element[], share: number) {
  const isRight = (selector: string) =>
    wanted.filter((one, i) => one !== null && within(sample[i]!, selector) === one).length;
  return selectorWithin(wanted.flatMap((one) => one ?? []), isRight, sample.length * share); // biome-ignore format: one call
}
