/** Selects the link of a list item that leads to its article. */
import { type Element, isTag } from 'domhandler';
import { hasDate } from '../page-dates.js';
import { elementsIn, HEADING, linkOf, type PageBase, textIn } from '../tree.js';

/** The link in or around a heading; null: none. */
export function headingLink(element: Element, base: PageBase): Element | null {
  const holds = (one: Element) => elementsIn(one).some(({ name }) => HEADING.test(name));
  const isIn = (one: Element | null): boolean =>
    one !== null && (HEADING.test(one.name) || (one !== element && isIn(one.parent !== null && isTag(one.parent) ? one.parent : null))); // biome-ignore format: one condition
  return linksIn(element, base).find((one) => isIn(one) || holds(one)) ?? null;
}

/** The heading's link, else the longest one, preferably outside sentences. */
export function mainLink(element: Element, base: PageBase): Element | null {
  const alone = linksIn(element, base).filter((one) => !isInSentence(one) && textIn(one) !== '');
  const longest = longestOf(alone) ?? longestOf(linksIn(element, base));
  return headingLink(element, base) ?? (longest === null ? null : (barerLink(longest, alone, base) ?? longest));
}

/** A link to the same place with less text: "Ferry sails" next to "Read more: Ferry sails". */
function barerLink(link: Element, links: readonly Element[], base: PageBase): Element | null {
  const [address, text] = [linkOf(link, base), textIn(link)];
  const isBarer = (one: Element) =>
    linkOf(one, base) === address && textIn(one).length >= BARE_TITLE && text.includes(textIn(one));
  return links.find((one) => one !== link && isBarer(one)) ?? null;
}

/** Fewer characters are a symbol or a button. */
export const BARE_TITLE = 12;

export function linksIn(element: Element, base: PageBase): Element[] {
  return [element, ...elementsIn(element)].filter((one) => one.name === 'a' && linkOf(one, base) !== null);
}

export function longestOf(elements: readonly Element[]): Element | null {
  const isDate = (one: Element) => elementsIn(one).some(({ name }) => name === 'time') || hasDate(textIn(one));
  const links = elements.map((one) => ({ one, length: isDate(one) ? 1 : textIn(one).length }));
  return links.reduce<(typeof links)[0] | null>((most, next) => (most === null || next.length > most.length ? next : most), null)?.one ?? null; // biome-ignore format: one call
}

/** Whether the link is part of a longer text. */
export function isInSentence(link: Element | null): boolean {
  const parent = link?.parent ?? null;
  if (parent === null || !isTag(parent) || HEADING.test(parent.name)) return false;
  const around = parent.children.map((one) => (one.type === 'text' ? one.data.trim() : '')).join('');
  return around.length > 25;
}
