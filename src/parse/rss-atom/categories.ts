/** Reads the categories of a feed or an item. */
import type { Category } from '../../model/item.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { attribute, children, elementText, type XmlNode } from '../xml/element.js';

/** Only keyword lists are split at commas. */
const ELEMENTS: readonly (readonly [name: string, read: (node: XmlNode) => readonly Category[]])[] = Object.entries({
  category: (node) => [readCategory(node)],
  'atom:category': (node) => [readCategory(node)],
  'dc:subject': readKeywords,
  'media:category': (node) => [newCategory(elementText(node), attribute(node, 'scheme'), attribute(node, 'label'))],
  'media:keywords': readKeywords,
  'itunes:category': readItunesCategories,
  'itunes:keywords': readKeywords,
});

/** Also reads a nested list `categories`. */
export function readCategories(parents: readonly XmlNode[]): Category[] {
  const found: Category[] = [];
  const holders = parents.flatMap((parent) => [parent, ...children(parent, 'categories')]);
  for (const [name, read] of ELEMENTS) {
    for (const parent of holders) {
      for (const node of children(parent, name)) for (const one of read(node)) addCategory(found, one);
    }
  }
  return found;
}

function addCategory(found: Category[], one: Category): void {
  const isNew = one.term !== '' && !found.some(({ term, scheme }) => term === one.term && scheme === one.scheme);
  if (isNew && found.length < PARSE_LIMITS.list) found.push(one);
}

export function newCategory(term: string, scheme: string | null, label: string | null): Category {
  return { term: truncateText(term.trim(), PARSE_LIMITS.line), scheme, label };
}

/** Atom: term, scheme, label. RSS: text and domain. Some feeds mix them. */
function readCategory(node: XmlNode): Category {
  const term = attribute(node, 'term') ?? elementText(node);
  const label = attribute(node, 'label');
  return newCategory(term === '' ? (label ?? '') : term, attribute(node, 'scheme') ?? attribute(node, 'domain'), label);
}

function readKeywords(node: XmlNode): readonly Category[] {
  const words = truncateText(elementText(node), PARSE_LIMITS.line).split(/[,，、;]/);
  return words.map((word) => newCategory(word, null, null));
}

function readItunesCategories(node: XmlNode): readonly Category[] {
  const own = newCategory(attribute(node, 'text') ?? elementText(node), null, null);
  const finer = children(node, 'itunes:category').map((one) =>
    newCategory(attribute(one, 'text') ?? elementText(one), null, null),
  );
  return [own, ...finer];
}
