/** Why a list may be another than that of the articles. */
import type { Element } from 'domhandler';
import { elementsIn, type PageBase, textIn, upFrom } from '../tree.js';
import { evidenceIn } from './list-facts.js';
import type { RatedList } from './rated-lists.js';
import { isArticleItself } from './structured-data.js';

/** null: it is surely the list. */
export function listDoubt(list: RatedList, all: readonly RatedList[]): string | null {
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

/** Points by which another list must be behind. */
const CLOSE = 2.5;

/** Characters of text beside a list from which a page may be an article, whether it says so or not. */
const LONG_TEXT = { said: 500, unsaid: 1500 };

/** Whether the page may be an article, and the list what goes with it. */
export function pageDoubt({ elements: items }: RatedList, elements: readonly Element[], base: PageBase): string | null {
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
