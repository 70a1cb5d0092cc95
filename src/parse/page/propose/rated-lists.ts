/** Reads and rates the lists of a page. */
import type { Element } from 'domhandler';
import { contradictDays, readAddressDates, readDates } from '../page-dates.js';
import type { PageSelectors } from '../page-selectors.js';
import { type PageItem, readPageItem } from '../read-page.js';
import type { ElementGroup } from './groups.js';
import {
  collectFacts,
  DATED_ADDRESS,
  type ListFacts,
  type PageContext,
  SAMPLED_ITEMS,
  scoreList,
} from './list-facts.js';
import { NO_PARTS, proposeParts } from './parts.js';

export interface RatedList {
  readonly elements: readonly Element[];
  readonly parts: Omit<PageSelectors, 'items'>;
  readonly items: readonly PageItem[];
  readonly dates: readonly (string | null)[];
  readonly score: number;
  readonly facts: ListFacts;
}

/** Best first. Drops parts of a longer list, and joined groups that are not one list. */
export function rateLists(groups: readonly ElementGroup[], about: PageContext): RatedList[] {
  const rated = new Map(groups.map(({ elements }) => [elements, rateList(elements, about)]));
  const lists = groups.flatMap(({ elements, wider, isJoined }) => {
    const list = rated.get(elements) ?? null;
    if (list === null || (isJoined && !isOneList(list))) return [];
    const whole = wider === null ? null : (rated.get(wider) ?? null);
    return whole !== null && isSublist(list, whole, about) ? [] : [list];
  });
  return lists.sort((a, b) => b.score - a.score);
}

/** Of lists with equal items, the one with more parts. */
export function selectFullest(list: RatedList, lists: readonly RatedList[]): RatedList {
  const isSame = ({ items, dates, facts }: RatedList) =>
    items.length === list.items.length &&
    items.every(({ url, title }, i) => url === list.items[i]!.url && title === list.items[i]!.title) &&
    dates.every((date, i) => date === list.dates[i]) &&
    facts.aside === list.facts.aside &&
    facts.holdingSeveral <= list.facts.holdingSeveral;
  const countExtras = ({ parts }: RatedList) => [parts.summary, parts.image].filter((part) => part !== null).length;
  return lists.filter(isSame).reduce((most, next) => (countExtras(next) > countExtras(most) ? next : most), list);
}

/** A class that only some items have, such as a topic, does not define the list. */
function isSublist(list: RatedList, whole: RatedList, { declared }: PageContext): boolean {
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

/** A joined group is one list if its dates continue from place to place. */
function isOneList({ facts }: RatedList): boolean {
  return facts.datesDiffer && facts.dated >= 0.9 && facts.inOrder >= 0.95;
}

const READABLE = 0.6;

/** null: not a list of articles. */
function rateList(group: readonly Element[], about: PageContext): RatedList | null {
  const sample = group.slice(0, SAMPLED_ITEMS);
  const rough = sample.map((element) => readPageItem(element, { items: '*', ...NO_PARTS }, about.base));
  if (rough.filter((item) => item !== null).length < Math.max(3, sample.length * READABLE)) return null;
  const proposed = proposeParts(sample, about.base);
  const { items, dates: written } = readItems(group, proposed, about);
  if (items.length < 3) return null;
  const days = readAddressDates(items.map(({ url }) => url));
  const isWrong = contradictDays(written, days);
  const [parts, dates] = isWrong ? [{ ...proposed, date: null }, days] : [proposed, written];
  const facts = collectFacts(group, items, dates, about);
  return { elements: group, parts, items, dates, facts, score: scoreList(facts) };
}

function readItems(
  group: readonly Element[],
  parts: Omit<PageSelectors, 'items'>,
  { base, language }: PageContext,
): Pick<RatedList, 'items' | 'dates'> {
  const read = group.flatMap((element) => readPageItem(element, { items: '*', ...parts }, base) ?? []);
  const items = [...new Map(read.reverse().map((item) => [item.url, item])).values()].reverse();
  const written = items.map(({ date }) => date);
  return { items, dates: readDates(written, language) };
}
