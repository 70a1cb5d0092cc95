/** Selects the link of a list item that leads to its article. */
import { type Element, isTag } from 'domhandler';
import { hasDate } from '../page-dates.js';
import { extractText, HEADING, listElements, type PageBase, resolveLink } from '../tree.js';

/** The link in or around a heading; null: none. */
export function findHeadingLink(element: Element, base: PageBase): Element | null {
  const holds = (one: Element) => listElements(one).some(({ name }) => HEADING.test(name));
  const isInHeading = (one: Element | null): boolean =>
    one !== null && (HEADING.test(one.name) || (one !== element && isInHeading(one.parent !== null && isTag(one.parent) ? one.parent : null))); // biome-ignore format: one condition
  return findLinks(element, base).find((one) => isInHeading(one) || holds(one)) ?? null;
}

/** The heading's link, else the longest one, preferably outside sentences. */
export function findMainLink(element: Element, base: PageBase): Element | null {
  const alone = findLinks(element, base).filter((one) => !isInSentence(one) && extractText(one) !== '');
  const longest = selectLongest(alone) ?? selectLongest(findLinks(element, base));
  return (
    findHeadingLink(element, base) ?? (longest === null ? null : (findShorterLink(longest, alone, base) ?? longest))
  );
}

/** A link to the same place with less text: "Ferry sails" next to "Read more: Ferry sails". */
function findShorterLink(link: Element, links: readonly Element[], base: PageBase): Element | null {
  const [address, text] = [resolveLink(link, base), extractText(link)];
  const isBarer = (one: Element) =>
    resolveLink(one, base) === address && extractText(one).length >= BARE_TITLE && text.includes(extractText(one));
  return links.find((one) => one !== link && isBarer(one)) ?? null;
}

/** Fewer characters are a symbol or a button. */
export const BARE_TITLE = 12;

export function findLinks(element: Element, base: PageBase): Element[] {
  return [element, ...listElements(element)].filter((one) => one.name === 'a' && resolveLink(one, base) !== null);
}

export function selectLongest(elements: readonly Element[]): Element | null {
  const isDate = (one: Element) => listElements(one).some(({ name }) => name === 'time') || hasDate(extractText(one));
  const links = elements.map((one) => ({ one, length: isDate(one) ? 1 : extractText(one).length }));
  return links.reduce<(typeof links)[0] | null>((most, next) => (most === null || next.length > most.length ? next : most), null)?.one ?? null; // biome-ignore format: one call
}

/** Whether the link is part of a longer text. */
export function isInSentence(link: Element | null): boolean {
  const parent = link?.parent ?? null;
  if (parent === null || !isTag(parent) || HEADING.test(parent.name)) return false;
  const around = parent.children.map((one) => (one.type === 'text' ? one.data.trim() : '')).join('');
  return around.length > 25;
}
