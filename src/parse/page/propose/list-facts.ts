/** What speaks for and against a list of articles. */
import { type Element, isTag } from 'domhandler';
import { siteOf } from '../../../text/url/site-of.js';
import { datesIn } from '../page-dates.js';
import type { PageItem } from '../read-page.js';
import { linkOf, type PageBase, textIn, upFrom } from '../tree.js';
import { classesOf } from './groups.js';
import { BARE_TITLE, isInSentence, linksIn, mainLink } from './item-links.js';
import { headedIn } from './parts.js';

/** What is known of the page that a list stands in. */
export interface PageAbout {
  readonly base: PageBase;
  readonly language: string | null;
  readonly declared: ReadonlySet<string>;
  /** Elements that hold more than half of it. */
  readonly mostOfPage: ReadonlySet<Element>;
}

/** Of a longer list, so many are looked at. */
export const SAMPLED_ITEMS = 60;

/** What speaks for and against a list of articles. Shares are of its items, from 0 to 1. */
export interface ListFacts {
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

export const DATED_ADDRESS =
  /\/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)|(?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?!-\d\d-\d\d)/;

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

export function factsOf(
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
  const sample = group.slice(0, SAMPLED_ITEMS);
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
export function holdingMost(elements: readonly Element[]): ReadonlySet<Element> {
  const counts = new Map<Element, number>();
  for (const element of elements.toReversed()) {
    const inner = element.children.reduce((sum, one) => sum + (isTag(one) ? (counts.get(one) ?? 0) : 0), 1);
    counts.set(element, inner);
  }
  return new Set(elements.filter((element) => (counts.get(element) ?? 0) > elements.length / 2));
}

function isAside(element: Element, mostOfPage: ReadonlySet<Element>): boolean {
  for (const one of upFrom(element)) {
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
export function scoreOf(facts: ListFacts): number {
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
export function evidenceIn({ dated, datesDiffer, datedAddress, declared }: ListFacts): number {
  return Math.max(datesDiffer ? dated : 0, datedAddress, declared);
}
