/** Finds the addresses that a page declares as articles: JSON-LD (schema.org), microdata, microformats. */

import type { Element } from 'domhandler';
import { isRecord } from '../../../text/record.js';
import { resolveUrl } from '../../urls.js';
import { extractText, listElements, type PageBase, resolveLink } from '../tree.js';

const ARTICLE = /(?:Article|BlogPosting|Report|Review|LiveBlogPosting)$/;
const MARKED = /(?:Article|BlogPosting|Report)$/;
const HENTRY = /(?:^|\s)h-?entry(?:\s|$)/;

/** Absolute. */
export function findDeclaredArticles(elements: readonly Element[], base: PageBase): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (href: unknown) => {
    const url = typeof href === 'string' ? resolveLink({ attribs: { href } } as unknown as Element, base) : null;
    if (url !== null) found.add(url);
  };
  for (const element of elements) {
    if (element.name === 'script') for (const node of collectNodes(parseJsonOrNull(extractText(element, 400_000)), 0)) listArticleAddresses(node).forEach(add);
    else if (isMarked(element)) for (const one of listElements(element)) if (one.name === 'a' && isArticleLink(one)) add(one.attribs.href); // biome-ignore format: one loop
  }
  return found;
}

function isMarked({ attribs }: Element): boolean {
  return MARKED.test(attribs.itemtype ?? '') || HENTRY.test(attribs.class ?? '');
}

function isArticleLink({ attribs }: Element): boolean {
  return (
    attribs.itemprop === 'url' ||
    /(?:^|\s)(?:url|bookmark)(?:\s|$)/.test(`${attribs.itemprop ?? ''} ${attribs.rel ?? ''}`)
  );
}

/** Whether the page declares itself an article instead of a list. */
export function isArticleItself(elements: readonly Element[], { page, base }: PageBase): boolean {
  const isPage = (address: unknown) =>
    typeof address === 'string' && dropFragment(resolveUrl(address, base)) === dropFragment(page);
  const isDeclared = (script: Element) => {
    const articles = listRootNodes(parseJsonOrNull(extractText(script, 400_000)))
      .filter(isArticle)
      .map(listEntryAddresses);
    return articles.some((addresses) => addresses.some(isPage) || (articles.length === 1 && addresses.length === 0));
  };
  return elements.some(
    (one) =>
      (one.name === 'meta' && one.attribs.property === 'article:published_time') ||
      (one.name === 'script' && isDeclared(one)),
  );
}

function dropFragment(url: string): string {
  return url.replace(/#.*/s, '');
}

type JsonNode = Readonly<Record<string, unknown>>;

function listArticleAddresses(node: JsonNode): unknown[] {
  if (listTypes(node).includes('ItemList')) return [node.itemListElement].flat().flatMap(listEntryAddresses);
  return isArticle(node) ? listEntryAddresses(node) : [];
}

function isArticle(node: JsonNode): boolean {
  return listTypes(node).some((type) => ARTICLE.test(type));
}

function listTypes(node: JsonNode): string[] {
  return [node['@type']].flat().filter((type) => typeof type === 'string');
}

function listEntryAddresses(entry: unknown): unknown[] {
  if (typeof entry === 'string') return [entry];
  if (typeof entry !== 'object' || entry === null) return [];
  const { url, item, mainEntityOfPage, '@id': id } = entry as JsonNode;
  const main = isRecord(mainEntityOfPage) ? mainEntityOfPage['@id'] : mainEntityOfPage;
  const addresses = [url, item !== undefined ? listEntryAddresses(item) : [], main, id].flat();
  return addresses.filter((one) => one !== undefined).slice(0, 4);
}

function listRootNodes(value: unknown): JsonNode[] {
  const roots = [value].flat().filter(isRecord);
  return roots.flatMap((node) => [node, ...[node['@graph']].flat().filter(isRecord)]);
}

function collectNodes(value: unknown, depth: number): JsonNode[] {
  if (depth > 6 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.slice(0, 500).flatMap((one) => collectNodes(one, depth + 1));
  const node = value as JsonNode;
  return [node, ...Object.values(node).flatMap((one) => collectNodes(one, depth + 1))];
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
