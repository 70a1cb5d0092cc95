/** Reads the page of an article: its text as readability finds it, and what the page says to machines. */

import { createRequire } from 'node:module';
import { type AnyNode, isTag, type Document as Tree } from 'domhandler';
import { getOuterHTML } from 'domutils';
import { isAddress } from '../../model/address.js';
import { ParseError } from '../../model/errors.js';
import { decodeHtml } from '../encoding/decode.js';
import { isWebAddress, resolveUrl } from '../urls.js';
import { readTree } from './document.js';
import { elementsIn } from './tree.js';

export interface PageOfArticle {
  /** HTML, not sanitised, links as they are; null: there is no article in it. */
  readonly html: string | null;
  /** By which its links are resolved. */
  readonly baseUrl: string;
  /** It says that one must pay for the whole (schema.org `isAccessibleForFree`, `article:content_tier`). */
  readonly isPaywalled: boolean;
  /** Contents of `meta` robots, and of those that name us. */
  readonly robots: readonly string[];
  /** Contents of `meta` tdm-reservation. */
  readonly tdmReservations: readonly string[];
  /** It links to a licence for machines, or holds one (RSL 1.0). */
  readonly isLicensed: boolean;
}

/** In UTF-16 code units; pages of news have some hundred thousand. */
const LONGEST_PAGE = 3 * 1024 * 1024;
/** Characters of a page's JSON-LD that are read. */
const MOST_JSON = 512 * 1024;

/** What we ask of the libraries; their own types are of a browser. */
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

/**
 * Readability is given a page of bounded size and depth, with names in lower case as HTML has them, which linkedom leaves as they are.
 * @throws {ParseError} PARSE_LIMIT for a page that is too large.
 */
export function readArticlePage(body: Uint8Array, contentType: string | null, url: string): PageOfArticle {
  const { text } = decodeHtml(body, contentType);
  if (text.length > LONGEST_PAGE) throw tooLarge();
  const load = createRequire(import.meta.url);
  const { root, complete } = readTree(text);
  if (!complete) throw tooLarge();
  const { document } = (load('linkedom') as Linkedom).parseHTML(wholeDocument(root));
  const said = statementsOf(document, url);
  const { Readability } = load('@mozilla/readability') as ReadabilityModule;
  const article = new Readability(document).parse();
  return { ...said, html: article?.content || null };
}

const IN_HEAD = new Set(['title', 'meta', 'link', 'base', 'style']);

/** HTML may leave out the tags of `html`, `head` and `body` (WHATWG HTML 13.1.2.4); linkedom does not fill them in. */
function wholeDocument(root: Tree): string {
  const elements = elementsIn(root);
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

function tooLarge(): ParseError {
  return new ParseError('PARSE_LIMIT', 'the page is larger than that of an article');
}

/** Readability changes the document: what it says is read before. */
function statementsOf(document: PageDocument, url: string): Omit<PageOfArticle, 'html'> {
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
    baseUrl: baseOf(document, url),
    isPaywalled: tiers.some((tier) => /^\s*locked\s*$/i.test(tier)) || saysItCosts(document),
    robots: contents('robots', 'newsloom'),
    tdmReservations: contents('tdm-reservation'),
    isLicensed: document.querySelector(rsl) !== null,
  };
}

function baseOf(document: PageDocument, url: string): string {
  const href = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  const base = href === '' ? url : resolveUrl(href, url);
  return isWebAddress(base) && isAddress(base) ? base : url;
}

function saysItCosts(document: PageDocument): boolean {
  const microdata = [...document.querySelectorAll('[itemprop="isAccessibleForFree"]')];
  const isFalse = (value: string | null) => /^\s*false\s*$/i.test(value ?? '');
  if (microdata.some((one) => isFalse(one.getAttribute('content') ?? one.textContent))) return true;
  const json = [...document.querySelectorAll('script[type="application/ld+json"]')].map((one) => one.textContent ?? '');
  // A part that costs (`hasPart`) is a part of the article too.
  return /"isAccessibleForFree"\s*:\s*"?\s*false\b/i.test(json.join('\n').slice(0, MOST_JSON));
}
