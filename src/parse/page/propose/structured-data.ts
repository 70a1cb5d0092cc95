/** Which addresses a page itself calls articles: JSON-LD (schema.org), microdata, microformats. */
import type { Element } from 'domhandler';
import { elementsIn, linkOf, type PageBase, textIn } from '../tree.js';

const ARTICLE = /(?:Article|BlogPosting|Report|Review|LiveBlogPosting)$/;
const MARKED = /(?:Article|BlogPosting|Report)$/;
const HENTRY = /(?:^|\s)h-?entry(?:\s|$)/;

/** Absolute addresses. */
export function declaredArticles(elements: readonly Element[], base: PageBase): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (href: unknown) => {
    const url = typeof href === 'string' ? linkOf({ attribs: { href } } as unknown as Element, base) : null;
    if (url !== null) found.add(url);
  };
  for (const element of elements) {
    if (element.name === 'script') for (const node of nodesIn(jsonIn(textIn(element, 400_000)), 0)) addressesOf(node).forEach(add);
    else if (isMarked(element)) for (const one of elementsIn(element)) if (one.name === 'a' && isItsLink(one)) add(one.attribs.href); // biome-ignore format: one loop
  }
  return found;
}

function isMarked({ attribs }: Element): boolean {
  return MARKED.test(attribs.itemtype ?? '') || HENTRY.test(attribs.class ?? '');
}

function isItsLink({ attribs }: Element): boolean {
  return (
    attribs.itemprop === 'url' ||
    /(?:^|\s)(?:url|bookmark)(?:\s|$)/.test(`${attribs.itemprop ?? ''} ${attribs.rel ?? ''}`)
  );
}

type JsonNode = Readonly<Record<string, unknown>>;

function addressesOf(node: JsonNode): unknown[] {
  const types = [node['@type']].flat().filter((type) => typeof type === 'string');
  if (types.includes('ItemList')) return [node.itemListElement].flat().flatMap(addressOfEntry);
  return types.some((type) => ARTICLE.test(type)) ? addressOfEntry(node) : [];
}

function addressOfEntry(entry: unknown): unknown[] {
  if (typeof entry === 'string') return [entry];
  if (typeof entry !== 'object' || entry === null) return [];
  const { url, item, mainEntityOfPage, '@id': id } = entry as JsonNode;
  return [url, item !== undefined ? addressOfEntry(item) : [], mainEntityOfPage, id].flat().slice(0, 4);
}

function nodesIn(value: unknown, depth: number): JsonNode[] {
  if (depth > 6 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.slice(0, 500).flatMap((one) => nodesIn(one, depth + 1));
  const node = value as JsonNode;
  return [node, ...Object.values(node).flatMap((one) => nodesIn(one, depth + 1))];
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
