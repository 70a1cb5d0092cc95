/** The publisher's own words for what it is about. */
import type { Category } from '../../model/item.js';
import { cut, LIMITS } from '../limits.js';
import { attribute, children, text, type XmlNode } from '../xml/element.js';

/** Every way of writing them; only lists of keywords are split at commas. */
const WAYS: readonly (readonly [name: string, read: (node: XmlNode) => readonly Category[]])[] = Object.entries({
  category: (node) => [atomOrRss(node)],
  'atom:category': (node) => [atomOrRss(node)],
  'dc:subject': keywords,
  'media:category': (node) => [category(text(node), attribute(node, 'scheme'), attribute(node, 'label'))],
  'media:keywords': keywords,
  'itunes:category': itunes,
  'itunes:keywords': keywords,
});

export function categoriesOf(parents: readonly XmlNode[]): Category[] {
  const found: Category[] = [];
  for (const [name, read] of WAYS) {
    for (const parent of parents) {
      for (const node of children(parent, name)) for (const one of read(node)) add(found, one);
    }
  }
  return found;
}

function add(found: Category[], one: Category): void {
  const isNew = one.term !== '' && !found.some(({ term, scheme }) => term === one.term && scheme === one.scheme);
  if (isNew && found.length < LIMITS.list) found.push(one);
}

export function category(term: string, scheme: string | null, label: string | null): Category {
  return { term: cut(term.trim(), LIMITS.line), scheme, label };
}

/** Atom: term, scheme, label; RSS: text and domain; some write one as the other. */
function atomOrRss(node: XmlNode): Category {
  const term = attribute(node, 'term') ?? text(node);
  const label = attribute(node, 'label');
  return category(term === '' ? (label ?? '') : term, attribute(node, 'scheme') ?? attribute(node, 'domain'), label);
}

function keywords(node: XmlNode): readonly Category[] {
  const words = cut(text(node), LIMITS.line).split(/[,，、;]/);
  return words.map((word) => category(word, null, null));
}

/** A category may hold finer ones. */
function itunes(node: XmlNode): readonly Category[] {
  const own = category(attribute(node, 'text') ?? text(node), null, null);
  const finer = children(node, 'itunes:category').map((one) =>
    category(attribute(one, 'text') ?? text(one), null, null),
  );
  return [own, ...finer];
}
