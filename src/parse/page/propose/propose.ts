/** Proposes selectors for a page without a feed, for the list that looks most like articles. */
import type { Element } from 'domhandler';
import { isTag } from 'domhandler';
import { languageTag } from '../../../text/language.js';
import { readTree } from '../document.js';
import type { PageSelectors } from '../page-selectors.js';
import { datesOf, itemIn } from '../read-page.js';
import { elementsIn, linkOf, type PageBase, pageBaseOf } from '../tree.js';
import { listDoubt, pageDoubt } from './doubts.js';
import { alikeElements } from './groups.js';
import { holdingMost, type PageAbout } from './list-facts.js';
import { fullestOf, ratedLists, readItems } from './rated-lists.js';
import { selectorOf } from './selector.js';
import { declaredArticles } from './structured-data.js';

export interface PageProposal {
  readonly selectors: PageSelectors;
  readonly items: readonly { readonly title: string; readonly url: string; readonly date: string | null }[];
  /** Why it may not be the list of articles; null: no doubt. */
  readonly doubt: string | null;
}

/** null: no list of links found. Pure; never throws. */
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
  for (const list of lists.slice(0, 12).flatMap((one) => [fullestOf(one, lists), one])) {
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
          ? (listDoubt(list, lists) ?? pageDoubt(list, elements, base))
          : `no selector finds it without ${found.others.length} links of other lists`,
    };
  }
  return null;
}

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
