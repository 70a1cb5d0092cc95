/** Reads the facts of an article page: JSON-LD (schema.org) first, then Open Graph (ogp.me), then HTML. */

import { decodeHTML } from 'entities/decode';
import { isAddress } from '../model/address.js';
import { cutText } from '../text/cut.js';
import { toLanguageTag } from '../text/language.js';
import { type Attributes, readMarkup } from '../text/markup.js';
import { plainLine } from '../text/plain.js';
import { isRecord } from '../text/record.js';
import { parseDate } from './dates/dates.js';
import { isWebAddress, resolveUrl } from './urls.js';

/** null: missing. Texts are plain, on one line. */
export interface PageFacts {
  /** The canonical address if it is on the page's host, else the page's own. */
  readonly url: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly authors: readonly string[];
  /** ISO 8601 in UTC. */
  readonly published: string | null;
  readonly publication: string | null;
  readonly imageUrl: string | null;
  readonly language: string | null;
}

const PAGE_LIMIT = 4 * 1024 * 1024;
/** In characters. */
const DESCRIPTION = 500;

interface Page {
  readonly url: string;
  /** `meta` by lower-case property or name; the first of each. */
  readonly meta: ReadonlyMap<string, string>;
  readonly scripts: readonly string[];
  readonly title: string;
  readonly language: string | null;
  readonly canonical: string | null;
}

/** @param url the address of the page. Never throws. */
export function readPageFacts(html: string, url: string): PageFacts {
  // A replacement character would make the editor's whole file fail the UTF-8 check.
  const page = readPage(html.slice(0, PAGE_LIMIT).replaceAll('\ufffd', ''), url);
  const article = findArticle(page.scripts) ?? {};
  const meta = (...names: string[]) =>
    names.map((name) => toLine(page.meta.get(name))).find((one) => one !== null) ?? null;
  const publication = toName(article.publisher) ?? meta('og:site_name', 'application-name');
  const title =
    toFirstText(article.headline) ??
    toFirstText(article.name) ??
    meta('og:title', 'twitter:title') ??
    toLine(page.title);
  const date = (value: string | null) => (value === null ? null : parseDate(value));
  const image = toImageUrl(article.image) ?? meta('og:image:secure_url', 'og:image', 'twitter:image');
  const imageUrl = image === null ? null : resolveUrl(image, url);
  const description = toFirstText(article.description) ?? meta('og:description', 'description', 'twitter:description');
  return {
    url: selectCanonicalUrl(page),
    title: title === null ? null : stripPublicationName(title, publication),
    description: description === null ? null : cutText(description, DESCRIPTION),
    authors:
      toAuthors(article.author) ?? [meta('author', 'article:author')].flatMap((name) => toPersonName(name) ?? []),
    published:
      date(toFirstText(article.datePublished)) ??
      date(meta('article:published_time', 'og:article:published_time', 'date', 'dc.date', 'parsely-pub-date')),
    publication,
    imageUrl: imageUrl !== null && isWebAddress(imageUrl) ? imageUrl : null,
    language: toLanguageTag(
      toFirstText(article.inLanguage) ?? page.language ?? meta('og:locale')?.replace('_', '-') ?? null,
    ),
  };
}

function readPage(html: string, url: string): Page {
  const meta = new Map<string, string>();
  const scripts: string[] = [];
  let [title, language, canonical]: [string, string | null, string | null] = ['', null, null];
  let inside: 'title' | 'script' | null = null;
  readMarkup(html, {
    open: (name, attributes) => {
      if (name === 'html') language ??= attributes.lang?.trim() || null;
      else if (name === 'title' && title === '') inside = 'title';
      else if (name === 'meta') addMeta(meta, attributes);
      else if (name === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(attributes.rel ?? ''))
        canonical ??= attributes.href ?? null;
      else if (name === 'script' && /^\s*application\/ld\+json/i.test(attributes.type ?? '')) {
        inside = 'script';
        scripts.push('');
      }
    },
    close: (name) => {
      if (name === inside) inside = null;
    },
    text: (value) => {
      if (inside === 'title') title += value;
      if (inside === 'script') scripts.push(scripts.pop() + value);
    },
  });
  return { url, meta, scripts, title, language, canonical };
}

function addMeta(meta: Map<string, string>, { property, name, content }: Attributes): void {
  const key = (property ?? name)?.trim().toLowerCase();
  if (key !== undefined && content !== undefined && !meta.has(key)) meta.set(key, content);
}

type Fields = Readonly<Record<string, unknown>>;

const ARTICLE = /(?:Article|BlogPosting|Report|Review|Recipe)$/;

/** The first node that is an article. Scripts may hold lists and `@graph`. */
function findArticle(scripts: readonly string[]): Fields | null {
  for (const script of scripts) {
    const found = collectNodes(parseLooseJson(script), 0).find((node) =>
      toList(node['@type']).some((type) => typeof type === 'string' && ARTICLE.test(type)),
    );
    if (found !== undefined) return found;
  }
  return null;
}

function parseLooseJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/[\u0000-\u001f]+/g, ' '));
  } catch {
    return null;
  }
}

function collectNodes(value: unknown, depth: number): Fields[] {
  if (depth > 4) return [];
  if (Array.isArray(value)) return value.flatMap((one) => collectNodes(one, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Fields;
  return [node, ...collectNodes(node['@graph'], depth + 1), ...collectNodes(node.mainEntity, depth + 1)];
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function toLine(text: string | undefined): string | null {
  return text === undefined ? null : plainLine(text) || null;
}

/** Many sites leave HTML references in JSON-LD. */
function toFirstText(value: unknown): string | null {
  const [first] = toList(value);
  return typeof first === 'string' ? toLine(decodeHTML(first)) : null;
}

/** A text, or the `name` of a node. */
function toName(value: unknown): string | null {
  const [first] = toList(value);
  return toFirstText(isRecord(first) ? first.name : first);
}

function toAuthors(value: unknown): string[] | null {
  const names = toList(value).flatMap((one) => toPersonName(toName(one)) ?? []);
  return names.length > 0 ? [...new Set(names)] : null;
}

/** Open Graph names authors by their profile addresses. */
function toPersonName(name: string | null): string | null {
  return name === null || isWebAddress(name) ? null : name.replace(/^by\s+/i, '');
}

function toImageUrl(value: unknown): string | null {
  const [first] = toList(value);
  return toFirstText(isRecord(first) ? first.url : first);
}

function selectCanonicalUrl({ url, canonical }: Page): string {
  const declared = canonical === null ? url : resolveUrl(canonical, url);
  const host = (address: string) => (isAddress(address) ? new URL(address).hostname : null);
  return (host(declared) === host(url) ? declared : url).replace(/#.*$/, '');
}

/** "Ferry returns | Harbour Post" → "Ferry returns" */
function stripPublicationName(title: string, publication: string | null): string {
  const parts = title.split(/\s+[|–—·-]\s+/);
  const last = parts.at(-1);
  if (publication === null || parts.length < 2 || last?.toLowerCase() !== publication.toLowerCase()) return title;
  return title.slice(0, title.lastIndexOf(last)).replace(/\s+[|–—·-]\s+$/, '');
}
