/** Reads the page of an article: its text (by Readability) and its statements to machines. */

import { createRequire } from 'node:module';
import { type AnyNode, isTag, type Document as Tree } from 'domhandler';
import { getOuterHTML } from 'domutils';
import { isAddress } from '../../model/address.js';
import { ParseError } from '../../model/errors.js';
import type { TextSelectors } from '../../model/source.js';
import { removeElements, selectHtml } from '../../text/elements.js';
import { decodeHtml } from '../encoding/decode.js';
import { isWebAddress, resolveUrl } from '../urls.js';
import { readTree } from './document.js';
import { listElements } from './tree.js';

export interface ParsedArticlePage {
  /** HTML, not sanitised, links unresolved; null: no article found. */
  readonly html: string | null;
  /** Base address of its links. */
  readonly baseUrl: string;
  /** The page declares that the article costs money (schema.org `isAccessibleForFree`, `article:content_tier`). */
  readonly isPaywalled: boolean;
  /** Contents of `meta` robots and `meta` newsloom. */
  readonly robots: readonly string[];
  /** Contents of `meta` tdm-reservation. */
  readonly tdmReservations: readonly string[];
  /** The page links to a licence for machines, or contains one (RSL 1.0). */
  readonly isLicensed: boolean;
}

const LONGEST_PAGE = 3 * 1024 * 1024;
/** In characters. */
const MOST_JSON = 512 * 1024;

/** The part of the libraries' API that is used. Their own types need DOM types. */
interface PageElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
}
interface PageDocument {
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}
interface Linkedom {
  parseHTML(html: string): { readonly document: PageDocument };
}
interface ReadabilityModule {
  readonly Readability: new (document: PageDocument) => { parse(): { readonly content: string | null } | null };
}

/** linkedom does not fold case, so Readability gets lower-case names. @throws {ParseError} PARSE_LIMIT */
export function readArticlePage(
  body: Uint8Array,
  contentType: string | null,
  url: string,
  { select, remove }: TextSelectors = { remove: [] },
): ParsedArticlePage {
  const { text } = decodeHtml(body, contentType);
  if (text.length > LONGEST_PAGE) throw createTooLargeError();
  const load = createRequire(import.meta.url);
  const { root, complete } = readTree(text);
  if (!complete) throw createTooLargeError();
  removeElements(root, remove);
  const { document } = (load('linkedom') as Linkedom).parseHTML(completeDocument(root));
  const statements = readStatements(document, url);
  if (select !== undefined) return { ...statements, html: selectHtml(root, select) };
  const { Readability } = load('@mozilla/readability') as ReadabilityModule;
  const article = new Readability(document).parse();
  return { ...statements, html: article?.content || null };
}

const IN_HEAD = new Set(['title', 'meta', 'link', 'base', 'style']);

/** HTML may omit the tags of `html`, `head` and `body` (WHATWG HTML 13.1.2.4). linkedom does not add them. */
function completeDocument(root: Tree): string {
  const elements = listElements(root);
  const html = elements.find(({ name }) => name === 'html');
  if (elements.some(({ name }) => name === 'body')) {
    return html === undefined ? `<html>${getOuterHTML(root)}</html>` : getOuterHTML(root);
  }
  const nodes: AnyNode[] = [...(html?.children ?? root.children)];
  const heads = nodes.filter((node) => isTag(node) && node.name === 'head');
  const isInHead = (node: AnyNode) => isTag(node) && IN_HEAD.has(node.name);
  const head = [...heads.flatMap((node) => (isTag(node) ? node.children : [])), ...nodes.filter(isInHead)];
  const body = nodes.filter((node) => !heads.includes(node) && !isInHead(node));
  return `<html><head>${getOuterHTML(head)}</head><body>${getOuterHTML(body)}</body></html>`;
}

function createTooLargeError(): ParseError {
  return new ParseError('PARSE_LIMIT', 'the page is too large for an article');
}

/** Must run before Readability, which changes the document. */
function readStatements(document: PageDocument, url: string): Omit<ParsedArticlePage, 'html'> {
  const metas = [...document.querySelectorAll('meta[content]')];
  const contents = (...names: string[]) =>
    metas
      .filter((meta) =>
        names.includes((meta.getAttribute('name') ?? meta.getAttribute('property') ?? '').toLowerCase()),
      )
      .map((meta) => meta.getAttribute('content') ?? '');
  const rsl = 'link[type="application/rsl+xml"], script[type="application/rsl+xml"]';
  const tiers = contents('article:content_tier');
  return {
    baseUrl: resolveBase(document, url),
    isPaywalled: tiers.some((tier) => /^\s*locked\s*$/i.test(tier)) || isDeclaredPaid(document),
    robots: contents('robots', 'newsloom'),
    tdmReservations: contents('tdm-reservation'),
    isLicensed: document.querySelector(rsl) !== null,
  };
}

function resolveBase(document: PageDocument, url: string): string {
  const href = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  const base = href === '' ? url : resolveUrl(href, url);
  return isWebAddress(base) && isAddress(base) ? base : url;
}

function isDeclaredPaid(document: PageDocument): boolean {
  const microdata = [...document.querySelectorAll('[itemprop="isAccessibleForFree"]')];
  const isFalse = (value: string | null) => /^\s*false\s*$/i.test(value ?? '');
  if (microdata.some((one) => isFalse(one.getAttribute('content') ?? one.textContent))) return true;
  const json = [...document.querySelectorAll('script[type="application/ld+json"]')].map((one) => one.textContent ?? '');
  // A paid part (`hasPart`) counts too.
  return /"isAccessibleForFree"\s*:\s*"?\s*false\b/i.test(json.join('\n').slice(0, MOST_JSON));
}
