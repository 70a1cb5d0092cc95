/** Proposes selectors for a page without a feed, for the list that looks most like articles. */
import type { Element } from 'domhandler';
import { isTag } from 'domhandler';
import { ParseError } from '../../../model/errors.js';
import { toLanguageTag } from '../../../text/language.js';
import { readTree } from '../document.js';
import type { PageSelectors } from '../page-selectors.js';
import { readPage, readPageItem } from '../read-page.js';
import { listElements, type PageBase, resolveLink, resolvePageBase } from '../tree.js';
import { findListDoubt, findPageDoubt } from './doubts.js';
import { groupElements } from './groups.js';
import { findMainElements, type PageContext } from './list-facts.js';
import { rateLists, selectFullest } from './rated-lists.js';
import { findShortestSelector } from './selector.js';
import { findDeclaredArticles } from './structured-data.js';

export interface PageProposal {
  readonly selectors: PageSelectors;
  readonly items: readonly { readonly title: string; readonly url: string; readonly date: string | null }[];
  /** Why it may not be the list of articles; null: no doubt. */
  readonly doubt: string | null;
}

/** null: no list of links found. Pure; never throws. */
export function proposePage(html: string, url: string): PageProposal | null {
  const { root } = readTree(html);
  const elements = listElements(root);
  const base = resolvePageBase(elements, url);
  const language = toLanguageTag(elements.find(({ name }) => name === 'html')?.attribs.lang ?? null);
  const about: PageContext = {
    base,
    language,
    declared: findDeclaredArticles(elements, base),
    mostOfPage: findMainElements(elements),
  };
  const lists = rateLists(groupElements(elements, findLinkHolders(elements, base)), about);
  for (const list of lists.slice(0, 12).flatMap((one) => [selectFullest(one, lists), one])) {
    const isNothing = (element: Element) => readPageItem(element, { items: '*', ...list.parts }, base) === null;
    const found = findShortestSelector(list.elements, root, isNothing);
    if (found === null) continue;
    const selectors = { items: found.selector, ...list.parts };
    const items = readItems(html, url, selectors);
    if (items === null) continue;
    return {
      selectors,
      items,
      doubt:
        found.others.length > 0
          ? `no selector finds it without ${found.others.length} links of other lists`
          : items.length < list.items.length * 0.9
            ? `its selectors find only ${items.length} of its ${list.items.length} links`
            : (findListDoubt(list, lists) ?? findPageDoubt(list, elements, base)),
    };
  }
  return null;
}

/** What a run would read; null: nothing. */
function readItems(html: string, base: string, selectors: PageSelectors): PageProposal['items'] | null {
  try {
    return readPage(html, base, selectors).items.map(({ title, url, published }) => ({
      title: title?.value ?? '',
      url: url ?? '',
      date: published,
    }));
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

function findLinkHolders(elements: readonly Element[], base: PageBase): ReadonlySet<Element> {
  const found = new Set<Element>();
  for (const element of elements) {
    if (element.name !== 'a' || resolveLink(element, base) === null) continue;
    for (let one: Element | null = element; one !== null && !found.has(one); ) {
      found.add(one);
      one = one.parent !== null && isTag(one.parent) ? one.parent : null;
    }
  }
  return found;
}
