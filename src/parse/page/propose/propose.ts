/** Proposes selectors for a page without a feed: those of the list that looks most like one of articles. */
import type { Element } from 'domhandler';
import { isTag } from 'domhandler';
import { languageTag } from '../../../text/language.js';
import { siteOf } from '../../../text/url/site-of.js';
import { readTree } from '../document.js';
import { datesIn, hasDate, readDates, writtenDate } from '../page-dates.js';
import type { PageSelectors } from '../page-selectors.js';
import { datesOf, itemIn, type PageItem, within } from '../read-page.js';
import { elementsIn, HEADING, linkOf, type PageBase, pageBaseOf, pictureIn, textIn } from '../tree.js';
import { type AlikeElements, alikeElements, classesOf } from './groups.js';
import { selectorOf, selectorWithin } from './selector.js';
import { declaredArticles, isArticleItself } from './structured-data.js';

export interface PageProposal {
  readonly selectors: PageSelectors;
  /** In the order of the page. */
  readonly items: readonly { readonly title: string; readonly url: string; readonly date: string | null }[];
  /** Why it may be another list than that of the articles; null: nothing speaks against it. */
  readonly doubt: string | null;
}

const NOTHING: Omit<PageSelectors, 'items'> = { title: null, link: null, date: null, summary: null, image: null };

interface PageAbout {
  readonly base: PageBase;
  readonly language: string | null;
  readonly declared: ReadonlySet<string>;
  /** Elements that hold more than half of it. */
  readonly mostOfPage: ReadonlySet<Element>;
}

/** A list as it would be read. */
interface RatedList {
  readonly elements: readonly Element[];
  readonly parts: Omit<PageSelectors, 'items'>;
  readonly items: readonly PageItem[];
  readonly dates: readonly (string | null)[];
  readonly score: number;
  readonly facts: ListFacts;
}

/** null: no list of links was found. Pure; never throws, whatever the page holds. */
export function proposePage(html: string, url: string): PageProposal | null {
  const { root } = readTree(html);
  const elements = elementsIn(root);
  const base = pageBaseOf(elements, url);
  const language = languageTag(elements.find(({ name }) => name === 'html')?.attribs.lang ?? null);
  const about: PageAbout = {
    base,
    language,
    declared: declaredArticles(elements, base),
    mostOfPage: holdingMost(elements),
  };
  const lists = ratedLists(alikeElements(elements, holdingLinks(elements, base)), about);
  for (const list of lists.slice(0, 12)) {
    const isNothing = (element: Element) => itemIn(element, { items: '*', ...list.parts }, base) === null;
    const found = selectorOf(list.elements, root, isNothing);
    if (found === null) continue;
    const mixed = found.others.length === 0 ? null : new Set([...list.elements, ...found.others]);
    const read = mixed === null ? list : readItems(elements.filter((one) => mixed.has(one)), list.parts, about); // biome-ignore format: one choice
    const dates = datesOf(read.items, list.parts, language);
    return {
      selectors: { items: found.selector, ...list.parts },
      items: read.items.map(({ title, url: address }, i) => ({ title, url: address, date: dates[i] ?? null })),
      doubt:
        mixed === null
          ? (doubtOf(list, lists) ?? doubtAbout(list, elements, base))
          : `no selector finds it without ${found.others.length} links of other lists`,
    };
  }
  return null;
}

/** The best first. Without parts of a longer list, and without what stands in several places but is no one list. */
function ratedLists(groups: readonly AlikeElements[], about: PageAbout): RatedList[] {
  const rated = new Map(groups.map(({ elements }) => [elements, ratedList(elements, about)]));
  const lists = groups.flatMap(({ elements, wider, isJoined }) => {
    const list = rated.get(elements) ?? null;
    if (list === null || (isJoined && !isOneList(list))) return [];
    const whole = wider === null ? null : (rated.get(wider) ?? null);
    return whole !== null && isPartOf(list, whole, about) ? [] : [list];
  });
  return lists.sort((a, b) => b.score - a.score);
}

/** A class that not all items of a list have, such as that of a topic, is not what makes them a list. */
function isPartOf(list: RatedList, whole: RatedList, { declared }: PageAbout): boolean {
  const known = new Set(list.items.map(({ url }) => url));
  const rest = whole.items.flatMap(({ url }, i) => (known.has(url) ? [] : [{ url, date: whole.dates[i] ?? null }]));
  if (rest.length === 0 || rest.length < whole.elements.length - list.elements.length) return false;
  const evident = rest.filter(({ url, date }) => date !== null || DATED_ADDRESS.test(url) || declared.has(url));
  const { dated, datedAddress } = list.facts;
  return (
    evident.length >= rest.length * Math.max(dated, datedAddress, list.facts.declared) * 0.9 &&
    whole.facts.headed >= list.facts.headed * 0.95 &&
    whole.facts.aside === list.facts.aside
  );
}

/** What stands in several places is one list where its dates go on from one to the next. */
function isOneList({ facts }: RatedList): boolean {
  return facts.datesDiffer && facts.dated >= 0.9 && facts.inOrder >= 0.95;
}

/** Elements that hold a link, or are one. */
function holdingLinks(elements: readonly Element[], base: PageBase): ReadonlySet<Element> {
  const found = new Set<Element>();
  for (const element of elements) {
    if (element.name !== 'a' || linkOf(element, base) === null) continue;
    for (let one: Element | null = element; one !== null && !found.has(one); ) {
      found.add(one);
      one = one.parent !== null && isTag(one.parent) ? one.parent : null;
    }
  }
  return found;
}

/** Of a longer list, so many are looked at. */
const SAMPLE = 60;
/** A list of which less can be read is none. */
const READABLE = 0.6;

/** null: it is no list of articles. */
function ratedList(group: readonly Element[], about: PageAbout): RatedList | null {
  const sample = group.slice(0, SAMPLE);
  const rough = sample.map((element) => itemIn(element, { items: '*', ...NOTHING }, about.base));
  if (rough.filter((item) => item !== null).length < Math.max(3, sample.length * READABLE)) return null;
  const parts = partsOf(sample, about);
  const { items, dates } = readItems(group, parts, about);
  if (items.length < 3) return null;
  const facts = factsOf(group, items, dates, about);
  return { elements: group, parts, items, dates, facts, score: scoreOf(facts) };
}

/** What is read of elements, each address once. */
function readItems(
  group: readonly Element[],
  parts: Omit<PageSelectors, 'items'>,
  { base, language }: PageAbout,
): Pick<RatedList, 'items' | 'dates'> {
  const read = group.flatMap((element) => itemIn(element, { items: '*', ...parts }, base) ?? []);
  const items = [...new Map(read.reverse().map((item) => [item.url, item])).values()].reverse();
  const written = items.map(({ date }) => date);
  return { items, dates: readDates(written, language) };
}

/** What of an item is found where. */
function partsOf(sample: readonly Element[], { base }: PageAbout): Omit<PageSelectors, 'items'> {
  const link = linkPart(sample, base);
  const named = { ...NOTHING, link, title: titlePart(sample, link, base) };
  const titles = sample.map((element) => itemIn(element, { items: '*', ...named }, base)?.title ?? '');
  return { ...named, date: datePart(sample), summary: summaryPart(sample, titles), image: imagePart(sample, base) };
}

/** null: what is read without it, the link of the heading or the first one, is the main link already. */
function linkPart(sample: readonly Element[], base: PageBase): string | null {
  if (sample.filter((element) => headingLink(element, base) !== null).length >= sample.length * 0.8) return null;
  const main = sample.map((element) => mainLink(element, base));
  const firsts = sample.map((element) => linksIn(element, base).find((one) => textIn(one) !== '') ?? null);
  if (main.every((one, i) => one === firsts[i])) return null;
  const isRight = (selector: string) =>
    main.filter((one, i) => one !== null && within(sample[i]!, selector) === one).length;
  return selectorWithin(main.flatMap((one) => one ?? []), isRight, sample.length * 0.8); // biome-ignore format: one call
}

/** In a heading, or around one; null: there is none. */
function headingLink(element: Element, base: PageBase): Element | null {
  const holds = (one: Element) => elementsIn(one).some(({ name }) => HEADING.test(name));
  const isIn = (one: Element | null): boolean =>
    one !== null && (HEADING.test(one.name) || (one !== element && isIn(one.parent !== null && isTag(one.parent) ? one.parent : null))); // biome-ignore format: one condition
  return linksIn(element, base).find((one) => isIn(one) || holds(one)) ?? null;
}

/** That of the heading, else the longest, of those that stand in no sentence if there are any. */
function mainLink(element: Element, base: PageBase): Element | null {
  const alone = linksIn(element, base).filter((one) => !isInSentence(one) && textIn(one) !== '');
  const longest = longestOf(alone) ?? longestOf(linksIn(element, base));
  return headingLink(element, base) ?? (longest === null ? null : (barerLink(longest, alone, base) ?? longest));
}

/** A link to the same place that says no more than the headline: "Ferry sails" beside "Read more: Ferry sails". */
function barerLink(link: Element, links: readonly Element[], base: PageBase): Element | null {
  const [address, text] = [linkOf(link, base), textIn(link)];
  const isBarer = (one: Element) =>
    linkOf(one, base) === address && textIn(one).length >= BARE_TITLE && text.includes(textIn(one));
  return links.find((one) => one !== link && isBarer(one)) ?? null;
}

/** Fewer characters are a mark or a button. */
const BARE_TITLE = 12;

function linksIn(element: Element, base: PageBase): Element[] {
  return [element, ...elementsIn(element)].filter((one) => one.name === 'a' && linkOf(one, base) !== null);
}

function longestOf(elements: readonly Element[]): Element | null {
  const isDate = (one: Element) => elementsIn(one).some(({ name }) => name === 'time') || hasDate(textIn(one));
  const links = elements.map((one) => ({ one, length: isDate(one) ? 1 : textIn(one).length }));
  return links.reduce<(typeof links)[0] | null>((most, next) => (most === null || next.length > most.length ? next : most), null)?.one ?? null; // biome-ignore format: one call
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
  const isRight = (selector: string) =>
    wanted.filter((one, i) => one !== null && within(sample[i]!, selector) === one).length;
  return selectorWithin(wanted.flatMap((one) => one ?? []), isRight, sample.length * 0.6) ?? link; // biome-ignore format: one call
}

/** Where headings hold more than a link, such as a line below: that link. null: the heading is the headline. */
function titleInHeading(sample: readonly Element[], base: PageBase): string | null {
  const wanted = sample.map((element) => {
    const heading = [element, ...elementsIn(element)].find(({ name }) => HEADING.test(name));
    const link = heading === undefined ? null : longestOf(linksIn(heading, base));
    const [all, linked] = [heading, link].map((one) => (one ? textIn(one).length : 0)) as [number, number];
    return link !== null && linked >= BARE_TITLE && linked >= all * 0.3 && linked < all - 3 ? link : null;
  });
  const isRight = (selector: string) =>
    wanted.filter((one, i) => one !== null && within(sample[i]!, selector) === one).length;
  return selectorWithin(wanted.flatMap((one) => one ?? []), isRight, sample.length * 0.6); // biome-ignore format: one call
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
function headedIn(sample: readonly Element[]): number {
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
  const isRight = (selector: string) =>
    wanted.filter((one, i) => one !== null && within(sample[i]!, selector) === one).length;
  return selectorWithin(found, isRight, sample.length * MOST_ITEMS);
}

/** What speaks for and against a list of articles. Shares are of its items, from 0 to 1. */
interface ListFacts {
  readonly count: number;
  readonly readable: number;
  readonly dated: number;
  /** Whether its dates differ. */
  readonly datesDiffer: boolean;
  /** Neighbours in the order of time. */
  readonly inOrder: number;
  /** Characters of a headline, the median. */
  readonly titleLength: number;
  readonly titlesDiffer: number;
  /** Headlines that stand twice under one date, or without: a column has one for each day. */
  readonly repeated: number;
  readonly headed: number;
  /** Links in an item, the median. */
  readonly links: number;
  /** Items with two dates and two headlines at least. */
  readonly holdingSeveral: number;
  /** Links that stand in a sentence. */
  readonly inSentence: number;
  /** Characters beside the headline, the median. */
  readonly moreText: number;
  readonly onSite: number;
  /** A date in the address. */
  readonly datedAddress: number;
  /** Addresses of lists of articles: by topic, author, page number. */
  readonly ofLists: number;
  /** The page itself calls them articles. */
  readonly declared: number;
  /** In a menu, a header, a footer, beside the text. */
  readonly aside: boolean;
}

const ASIDE = /^(?:nav|footer|header|aside|select)$/;
const ASIDE_NAMED = /(?:^|[-_\s])(?:nav|navbar|menu|footer|sidebar|breadcrumbs?|pagination|pager|social|share|cookie|related|tagcloud|tags|categories|toc|lang|language|sponsors?|partners?)(?:$|[-_\s])/i; // biome-ignore format: one expression
const OF_LISTS =
  /\/(?:tags?|categor(?:y|ies|ia|ie)|topics?|authors?|users?|page|archives?|kategorie|label|series)\/|[?&](?:page|tag|cat|share|replytocom|lang)=|\/page\d*\//i;
/** Some keep all their articles under such a name: `/archives/56805248.html`, `/archives/2026/11/the-bridge`. */
const ARCHIVED_ARTICLE = /\/archives?\/(?:[\d/]*\/)?(?:\d{5,}|[^/?#]*[a-z][^/?#]*-[^/?#]+)(?:\.html?)?\/?(?:[?#]|$)/i;

/** Share of the addresses that are of lists. What stands in the query of all of them tells none from another. */
function ofListsIn(urls: readonly string[]): number {
  const queries = urls.map((url) => [...new URL(url).searchParams].map((pair) => pair.join('=')));
  const shared = queries.reduce((all, query) => all.filter((pair) => query.includes(pair)), queries[0] ?? []);
  const isOfList = (url: string, i: number) => {
    const query = queries[i]!.filter((pair) => !shared.includes(pair)).join('&');
    const address = `${url.replace(/[?#].*/s, '')}?${query}`;
    return OF_LISTS.test(address) && !ARCHIVED_ARTICLE.test(address);
  };
  return urls.filter(isOfList).length / urls.length;
}

const DATED_ADDRESS =
  /\/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)|(?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?!-\d\d-\d\d)/;

function factsOf(
  group: readonly Element[],
  items: readonly PageItem[],
  dates: readonly (string | null)[],
  { base, declared, mostOfPage }: PageAbout,
): ListFacts {
  const share = (count: number) => count / items.length;
  const known = dates.flatMap((date) => date ?? []);
  const pairs = known.slice(1).map((date, i) => [known[i]!, date] as const);
  const falling = pairs.filter(([a, b]) => a >= b).length;
  const rising = pairs.filter(([a, b]) => a <= b).length;
  const sample = group.slice(0, SAMPLE);
  const site = { host: new URL(base.page).hostname, name: siteOf(base.page) };
  return {
    count: items.length,
    readable: items.length / group.length,
    dated: share(known.length),
    datesDiffer: new Set(known).size > 1,
    inOrder: pairs.length === 0 ? 0 : Math.max(falling, rising) / pairs.length,
    titleLength: median(items.map(({ title }) => lengthOf(title))),
    titlesDiffer: share(new Set(items.map(({ title }) => title)).size),
    repeated: 1 - share(new Set(items.map(({ title }, i) => `${dates[i] ?? ''} ${title}`)).size),
    headed: headedIn(sample),
    links: median(sample.map((one) => linksIn(one, base).length)),
    holdingSeveral: sample.filter((one) => holdsSeveral(one, base)).length / sample.length,
    inSentence: share(sample.filter((one) => isInSentence(mainLink(one, base))).length),
    moreText: median(sample.map((one) => textIn(one).length)) - median(items.map(({ title }) => title.length)),
    onSite: share(items.filter(({ url }) => new URL(url).hostname === site.host || siteOf(url) === site.name).length), // biome-ignore format: one line
    datedAddress: share(items.filter(({ url }) => DATED_ADDRESS.test(url)).length),
    ofLists: ofListsIn(items.map(({ url }) => url)),
    declared: share(items.filter(({ url }) => declared.has(url)).length),
    aside: group.slice(0, 5).some((element) => isAside(element, mostOfPage)),
  };
}

/** Whether several articles stand in one element, one after the other. */
function holdsSeveral(element: Element, base: PageBase): boolean {
  const headlines = linksIn(element, base).filter((one) => textIn(one).length >= 2 * BARE_TITLE && !isInSentence(one));
  if (new Set(headlines.map((one) => linkOf(one, base))).size < 2) return false;
  return datesIn(textIn(element)).length > 1;
}

/** Whether the text around a link is more than a mark or a word. */
function isInSentence(link: Element | null): boolean {
  const parent = link?.parent ?? null;
  if (parent === null || !isTag(parent) || HEADING.test(parent.name)) return false;
  const around = parent.children.map((one) => (one.type === 'text' ? one.data.trim() : '')).join('');
  return around.length > 25;
}

/** Letters of Chinese, Japanese and Korean say as much as two others. */
function lengthOf(title: string): number {
  return title.length + (title.match(/[\u2e80-\ud7ff]/g)?.length ?? 0);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** What readers wrote, and what a text rests on, however much it is. */
const BELOW_A_TEXT = /(?:^|[-_\s])(?:comments|comment-?list|comment-text|references|footnotes)(?:$|[-_\s])/i;

/** What holds most of the page is not beside it, whatever it is called. */
function holdingMost(elements: readonly Element[]): ReadonlySet<Element> {
  const counts = new Map<Element, number>();
  for (const element of elements.toReversed()) {
    const inner = element.children.reduce((sum, one) => sum + (isTag(one) ? (counts.get(one) ?? 0) : 0), 1);
    counts.set(element, inner);
  }
  return new Set(elements.filter((element) => (counts.get(element) ?? 0) > elements.length / 2));
}

function isAside(element: Element, mostOfPage: ReadonlySet<Element>): boolean {
  for (
    let one: Element | null = element;
    one !== null;
    one = one.parent !== null && isTag(one.parent) ? one.parent : null
  ) {
    const names = `${classesOf(one).join(' ')} ${one.attribs.id ?? ''}`;
    if (one.name === 'main' || one.name === 'body') return false;
    if (BELOW_A_TEXT.test(names)) return true;
    if (mostOfPage.has(one)) return false;
    if (ASIDE.test(one.name) && one !== element) return true;
    if (ASIDE_NAMED.test(names)) return true;
    if (one.attribs.role === 'navigation') return true;
  }
  return false;
}

/** Found by trying them on pages of many makes; no single one decides. */
function scoreOf(facts: ListFacts): number {
  const { count, dated, titleLength } = facts;
  return (
    Math.min(Math.log2(count), 5) +
    6 * (facts.datesDiffer ? dated : dated / 3) +
    (facts.datesDiffer && dated > 0.5 ? 2 * facts.inOrder : 0) +
    Math.min(titleLength, 40) / 10 +
    2 * facts.headed +
    Math.min(Math.max(facts.moreText, 0), 150) / 100 +
    facts.onSite +
    3 * facts.datedAddress +
    6 * facts.declared +
    2 * facts.readable -
    8 * facts.ofLists -
    2 * facts.inSentence -
    Math.min(Math.max(facts.links - 5, 0), 8) -
    (titleLength < 10 ? 4 : 0) -
    (facts.headed < 0.9 ? 8 : 4) * (1 - facts.titlesDiffer) -
    (facts.aside ? 6 : 0)
  );
}

/** Share of the items that are articles by a date, or by what the page says of them. */
function evidenceIn({ dated, datesDiffer, datedAddress, declared }: ListFacts): number {
  return Math.max(datesDiffer ? dated : 0, datedAddress, declared);
}

/** Characters of text beside a list from which a page may be an article, whether it says so or not. */
const LONG_TEXT = { said: 500, unsaid: 1500 };

/** Whether the page may be an article, and the list what goes with it. */
function doubtAbout({ elements: items }: RatedList, elements: readonly Element[], base: PageBase): string | null {
  const own = wholeItems(items);
  const inItems = new Set(own.flatMap((one) => [one, ...elementsIn(one)]));
  const beside = elements.filter((one) => one.name === 'p' && !inItems.has(one));
  const length = (texts: readonly Element[]) => texts.reduce((sum, one) => sum + textIn(one).length, 0);
  const text = length(beside);
  if (text >= LONG_TEXT.said && isArticleItself(elements, base)) return 'the page says that it is an article itself';
  return text < Math.max(LONG_TEXT.unsaid, 3 * length(own)) ? null : 'it stands beside a longer text';
}

/** All that belongs to each item: the outermost element that holds no other of them. */
function wholeItems(items: readonly Element[]): Element[] {
  const counts = new Map<Element, number>();
  for (const item of items) for (const one of upFrom(item)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return items.map((item) => upFrom(item).findLast((one) => counts.get(one) === 1) ?? item);
}

/** An element and those around it, the closest first. */
function upFrom(element: Element): Element[] {
  const found: Element[] = [];
  for (let one: Element | null = element; one !== null; one = one.parent !== null && isTag(one.parent) ? one.parent : null)
    found.push(one); // biome-ignore format: one loop
  return found;
}

/** Points by which another list must be behind. */
const CLOSE = 2.5;

/** null: it is surely the list. */
function doubtOf(list: RatedList, all: readonly RatedList[]): string | null {
  const { facts } = list;
  if (facts.count < 4 && (facts.dated < 1 || facts.headed < 0.9)) return `it has only ${facts.count} links`;
  if (facts.aside) return 'it stands in a menu or beside the text';
  if (facts.repeated > 0.1 || facts.titlesDiffer < 0.6) return 'several of its headlines are the same';
  if (facts.holdingSeveral > 0.1) return 'some of its items hold several articles';
  if (facts.ofLists > 0.3) return 'its links lead to other lists';
  if (facts.onSite < 0.5) return 'most of its links lead to other sites';
  if (evidenceIn(facts) < 0.7) return 'its items have no dates that newsloom can read';
  if (facts.inSentence > 0.3) return 'its links stand in sentences';
  if (facts.titleLength < 12 && facts.declared < 0.7) return 'its headlines are very short';
  const urls = new Set(list.items.map(({ url }) => url));
  const isOther = (one: RatedList) => one.items.filter(({ url }) => urls.has(url)).length < one.items.length / 2;
  const rival = all.find((one) => one !== list && one.score > list.score - CLOSE && isOther(one));
  return rival === undefined ? null : `another list looks as good: "${rival.items[0]!.title}" and ${rival.items.length - 1} more`; // biome-ignore format: one call
}
