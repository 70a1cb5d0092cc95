/** Measures the evidence for and against a list of articles. */
import { type Element, isTag } from 'domhandler';
import { findSite } from '../../../text/url/site-of.js';
import { findDates } from '../page-dates.js';
import type { PageItem } from '../read-page.js';
import { extractText, listSelfAndAncestors, type PageBase, resolveLink } from '../tree.js';
import { listStableClasses } from './groups.js';
import { BARE_TITLE, findLinks, findMainLink, isInSentence } from './item-links.js';
import { measureHeaded } from './parts.js';

export interface PageContext {
  readonly base: PageBase;
  readonly language: string | null;
  readonly declared: ReadonlySet<string>;
  /** Elements that contain more than half of the page. */
  readonly mostOfPage: ReadonlySet<Element>;
}

export const SAMPLED_ITEMS = 60;

/** Shares are of the list's items, from 0 to 1. */
export interface ListFacts {
  readonly count: number;
  readonly readable: number;
  readonly dated: number;
  readonly datesDiffer: boolean;
  /** Share of neighbouring items in time order. */
  readonly inOrder: number;
  /** In characters. */
  readonly titleLength: number;
  readonly titlesDiffer: number;
  /** Share of headlines that repeat with the same date, or without one. */
  readonly repeated: number;
  readonly headed: number;
  /** Links per item, the median. */
  readonly links: number;
  /** Share of items with at least two dates and two headlines. */
  readonly holdingSeveral: number;
  /** Share of links that are part of a sentence. */
  readonly inSentence: number;
  /** Characters in addition to the headline, the median. */
  readonly moreText: number;
  readonly onSite: number;
  /** Share of addresses with a date. */
  readonly datedAddress: number;
  /** Share of addresses that are lists: by topic, author or page number. */
  readonly listAddresses: number;
  /** Share that the page itself declares as articles. */
  readonly declared: number;
  /** In a menu, a header, a footer or a sidebar. */
  readonly aside: boolean;
}

const ASIDE = /^(?:nav|footer|header|aside|select)$/;
const ASIDE_NAMED = /(?:^|[-_\s])(?:nav|navbar|menu|footer|sidebar|breadcrumbs?|pagination|pager|social|share|cookie|related|tagcloud|tags|categories|toc|lang|language|sponsors?|partners?)(?:$|[-_\s])/i; // biome-ignore format: one expression
const LIST_ADDRESS =
  /\/(?:tags?|categor(?:y|ies|ia|ie)|topics?|authors?|users?|page|archives?|kategorie|label|series)\/|[?&](?:page|tag|cat|share|replytocom|lang)=|\/page\d*\//i;
/** Articles below such a name: `/archives/56805248.html`, `/archives/2026/11/the-bridge`. */
const ARCHIVED_ARTICLE = /\/archives?\/(?:[\d/]*\/)?(?:\d{5,}|[^/?#]*[a-z][^/?#]*-[^/?#]+)(?:\.html?)?\/?(?:[?#]|$)/i;

export const DATED_ADDRESS =
  /\/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)|(?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?!-\d\d-\d\d)/;

/** Ignores query parameters that all addresses share. */
function measureListAddresses(urls: readonly string[]): number {
  const queries = urls.map((url) => [...new URL(url).searchParams].map((pair) => pair.join('=')));
  const shared = queries.reduce((all, query) => all.filter((pair) => query.includes(pair)), queries[0] ?? []);
  const isOfList = (url: string, i: number) => {
    const query = queries[i]!.filter((pair) => !shared.includes(pair)).join('&');
    const address = `${url.replace(/[?#].*/s, '')}?${query}`;
    return LIST_ADDRESS.test(address) && !ARCHIVED_ARTICLE.test(address);
  };
  return urls.filter(isOfList).length / urls.length;
}

export function collectFacts(
  group: readonly Element[],
  items: readonly PageItem[],
  dates: readonly (string | null)[],
  { base, declared, mostOfPage }: PageContext,
): ListFacts {
  const share = (count: number) => count / items.length;
  const known = dates.flatMap((date) => date ?? []);
  const pairs = known.slice(1).map((date, i) => [known[i]!, date] as const);
  const falling = pairs.filter(([a, b]) => a >= b).length;
  const rising = pairs.filter(([a, b]) => a <= b).length;
  const sample = group.slice(0, SAMPLED_ITEMS);
  const site = { host: new URL(base.page).hostname, name: findSite(base.page) };
  return {
    count: items.length,
    readable: items.length / group.length,
    dated: share(known.length),
    datesDiffer: new Set(known).size > 1,
    inOrder: pairs.length === 0 ? 0 : Math.max(falling, rising) / pairs.length,
    // A Chinese, Japanese or Korean letter counts as two.
    titleLength: median(items.map(({ title }) => title.length + (title.match(/[\u2e80-\ud7ff]/g)?.length ?? 0))),
    titlesDiffer: share(new Set(items.map(({ title }) => title)).size),
    repeated: 1 - share(new Set(items.map(({ title }, i) => `${dates[i] ?? ''} ${title}`)).size),
    headed: measureHeaded(sample),
    links: median(sample.map((one) => findLinks(one, base).length)),
    holdingSeveral: sample.filter((one) => holdsSeveral(one, base)).length / sample.length,
    inSentence: share(sample.filter((one) => isInSentence(findMainLink(one, base))).length),
    moreText: median(sample.map((one) => extractText(one).length)) - median(items.map(({ title }) => title.length)),
    onSite: share(items.filter(({ url }) => new URL(url).hostname === site.host || findSite(url) === site.name).length), // biome-ignore format: one line
    datedAddress: share(items.filter(({ url }) => DATED_ADDRESS.test(url)).length),
    listAddresses: measureListAddresses(items.map(({ url }) => url)),
    declared: share(items.filter(({ url }) => declared.has(url)).length),
    aside: group.slice(0, 5).some((element) => isAside(element, mostOfPage)),
  };
}

/** Whether one element contains several consecutive articles. */
function holdsSeveral(element: Element, base: PageBase): boolean {
  const headlines = findLinks(element, base).filter(
    (one) => extractText(one).length >= 2 * BARE_TITLE && !isInSentence(one),
  );
  if (new Set(headlines.map((one) => resolveLink(one, base))).size < 2) return false;
  return findDates(extractText(element)).length > 1;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** Comments, references and footnotes, however long. */
const BELOW_A_TEXT = /(?:^|[-_\s])(?:comments|comment-?list|comment-text|references|footnotes)(?:$|[-_\s])/i;

/** An element with most of the page is not a sidebar, whatever its name. */
export function findMainElements(elements: readonly Element[]): ReadonlySet<Element> {
  const counts = new Map<Element, number>();
  for (const element of elements.toReversed()) {
    const inner = element.children.reduce((sum, one) => sum + (isTag(one) ? (counts.get(one) ?? 0) : 0), 1);
    counts.set(element, inner);
  }
  return new Set(elements.filter((element) => (counts.get(element) ?? 0) > elements.length / 2));
}

function isAside(element: Element, mostOfPage: ReadonlySet<Element>): boolean {
  for (const one of listSelfAndAncestors(element)) {
    const names = `${listStableClasses(one).join(' ')} ${one.attribs.id ?? ''}`;
    if (one.name === 'main' || one.name === 'body') return false;
    if (BELOW_A_TEXT.test(names)) return true;
    if (mostOfPage.has(one)) return false;
    if (ASIDE.test(one.name) && one !== element) return true;
    if (ASIDE_NAMED.test(names)) return true;
    if (one.attribs.role === 'navigation') return true;
  }
  return false;
}

/** Weights tuned on many pages. No single one decides. */
export function scoreList(facts: ListFacts): number {
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
    8 * facts.listAddresses -
    2 * facts.inSentence -
    Math.min(Math.max(facts.links - 5, 0), 8) -
    (titleLength < 10 ? 4 : 0) -
    (facts.headed < 0.9 ? 8 : 4) * (1 - facts.titlesDiffer) -
    (facts.aside ? 6 : 0)
  );
}

/** Share of the items with evidence of being articles: a date, or a declaration by the page. */
export function measureEvidence({ dated, datesDiffer, datedAddress, declared }: ListFacts): number {
  return Math.max(datesDiffer ? dated : 0, datedAddress, declared);
}
