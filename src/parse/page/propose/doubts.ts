/** Explains why a list may not be the list of articles. */
import type { Element } from 'domhandler';
import { extractText, listElements, listSelfAndAncestors, type PageBase } from '../tree.js';
import { measureEvidence } from './list-facts.js';
import type { RatedList } from './rated-lists.js';
import { isArticleItself } from './structured-data.js';

export function findListDoubt(list: RatedList, all: readonly RatedList[]): string | null {
  const { facts } = list;
  if (facts.count < 4 && (facts.dated < 1 || facts.headed < 0.9)) return `it has only ${facts.count} links`;
  if (facts.aside) return 'it is in a menu or a sidebar';
  if (facts.repeated > 0.1 || facts.titlesDiffer < 0.6) return 'several of its headlines are the same';
  if (facts.holdingSeveral > 0.1) return 'some of its items contain several articles';
  if (facts.listAddresses > 0.3) return 'its links lead to other lists';
  if (facts.onSite < 0.5) return 'most of its links lead to other sites';
  if (measureEvidence(facts) < 0.7) return 'its items have no dates that newsloom can read';
  if (facts.inSentence > 0.3) return 'its links are inside sentences';
  if (facts.titleLength < 12 && facts.declared < 0.7) return 'its headlines are very short';
  const urls = new Set(list.items.map(({ url }) => url));
  const isOther = (one: RatedList) => one.items.filter(({ url }) => urls.has(url)).length < one.items.length / 2;
  const rival = all.find((one) => one !== list && one.score > list.score - CLOSE && isOther(one));
  return rival === undefined ? null : `another list looks as good: "${rival.items[0]!.title}" and ${rival.items.length - 1} more`; // biome-ignore format: one call
}

/** A list within this many points is a rival. */
const CLOSE = 2.5;

/** Characters outside the list from which the page may be an article itself, if it is `declared` as one or not. */
const LONG_TEXT = { declared: 500, undeclared: 1500 };

/** Whether the page may be an article, and the list only accompanies it. */
export function findPageDoubt(
  { elements: items }: RatedList,
  elements: readonly Element[],
  base: PageBase,
): string | null {
  const own = expandItems(items);
  const inItems = new Set(own.flatMap((one) => [one, ...listElements(one)]));
  const beside = elements.filter((one) => one.name === 'p' && !inItems.has(one));
  const length = (texts: readonly Element[]) => texts.reduce((sum, one) => sum + extractText(one).length, 0);
  const text = length(beside);
  if (text >= LONG_TEXT.declared && isArticleItself(elements, base))
    return 'the page declares that it is an article itself';
  return text < Math.max(LONG_TEXT.undeclared, 3 * length(own)) ? null : 'it accompanies a longer text';
}

/** The whole of each item: the outermost element that does not contain another item. */
function expandItems(items: readonly Element[]): Element[] {
  const counts = new Map<Element, number>();
  for (const item of items) for (const one of listSelfAndAncestors(item)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return items.map((item) => listSelfAndAncestors(item).findLast((one) => counts.get(one) === 1) ?? item);
}
