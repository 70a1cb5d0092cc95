/** Assigns ids to the new articles of a run when all sources have been read, and merges articles with the same address. */

import { hash } from 'node:crypto';
import type { ArticleId, ArticleRef } from '../model/article.js';
import type { PendingArticle } from '../model/identity.js';
import type { SourceId } from '../model/source.js';
import { parseUrl } from '../text/url/parse-url.js';

export interface MintContext {
  /** Hosts of each source: of its feed and its home page. */
  readonly hosts: ReadonlyMap<SourceId, readonly string[]>;
  /** The site's host, used in minted ids (tag URIs, RFC 4151). */
  readonly siteHost: string;
}

export interface Minted {
  readonly minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[];
  /** New articles of several sources with the same address: merged into the first by rank. */
  readonly merged: readonly { readonly ref: ArticleRef; readonly into: ArticleRef }[];
}

/**
 * Independent of the order of arrival and of the config: the same articles always get the same ids.
 * @param taken ids that other articles have; look up those of the result in the store, and mint again where it has any
 */
export function mint(articles: readonly PendingArticle[], taken: ReadonlySet<ArticleId>, context: MintContext): Minted {
  const ranked = articles.map((article) => rankedArticle(article, context)).sort(compareRank);
  const into = mergeByAddress(ranked);
  const used = new Set(taken);
  const minted: { ref: ArticleRef; id: ArticleId }[] = [];
  for (const { article } of ranked) {
    if (into.has(article.ref)) continue;
    const id = firstFree(article, used, context);
    used.add(id);
    minted.push({ ref: article.ref, id });
  }
  return { minted, merged: [...into].map(([ref, target]) => ({ ref, into: target })) };
}

interface RankedArticle {
  readonly article: PendingArticle;
  /** 0: the id is on a host of its source. */
  readonly distance: 0 | 1;
  readonly publishedAt: number;
}

function rankedArticle(article: PendingArticle, context: MintContext): RankedArticle {
  return { article, distance: hostDistance(article, context), publishedAt: article.publishedAt.getTime() };
}

/** RFC 4287 8.4: a source on the id's own host comes first; then the earlier publication; then the source id. */
function compareRank(one: RankedArticle, other: RankedArticle): number {
  const [a, b] = [one.article, other.article];
  return (
    one.distance - other.distance ||
    one.publishedAt - other.publishedAt ||
    compareText(a.sourceId, b.sourceId) ||
    compareText(a.url, b.url) ||
    compareText(a.guid ?? '', b.guid ?? '') ||
    compareText(a.title, b.title) ||
    a.ref - b.ref
  );
}

function hostDistance(article: PendingArticle, context: MintContext): 0 | 1 {
  const host = hostOfId(article.guid ?? article.url);
  return host !== null && (context.hosts.get(article.sourceId) ?? []).some((own) => isSameSite(host, own)) ? 0 : 1;
}

function mergeByAddress(ranked: readonly RankedArticle[]): Map<ArticleRef, ArticleRef> {
  const owner = new Map<string, PendingArticle>();
  const into = new Map<ArticleRef, ArticleRef>();
  for (const { article } of ranked) {
    const first = article.urlKeys
      .map((key) => owner.get(key))
      .find((one) => one !== undefined && one.sourceId !== article.sourceId);
    if (first !== undefined) into.set(article.ref, first.ref);
    else for (const key of article.urlKeys) if (!owner.has(key)) owner.set(key, article);
  }
  return into;
}

function firstFree(article: PendingArticle, used: ReadonlySet<ArticleId>, context: MintContext): ArticleId {
  for (const id of idCandidates(article, context)) if (!used.has(id)) return id;
  throw new Error('candidates never end');
}

/** The publisher's guid where it is trusted; else ids derived from what identifies the article; finally numbered ones. */
function* idCandidates(article: PendingArticle, context: MintContext): Generator<ArticleId, never> {
  const made = (what: string) => mintedId(article, `${article.sourceId}\n${what}`, context);
  if (article.guid !== null && !article.mintOnly) {
    if (trusted(article.guid, article, context)) yield article.guid;
    yield made(`guid ${article.guid}`);
  }
  yield made(`url ${article.urlKeys[0] ?? article.url}`);
  yield made(`text ${article.publishedAt.getTime()} ${article.title}`);
  for (let n = 2; ; n++) yield made(`${article.url}\n${article.title}\n${n}`);
}

function mintedId(article: PendingArticle, what: string, context: MintContext): ArticleId {
  const digest = hash('sha256', what, 'hex').slice(0, 24);
  return `tag:${context.siteHost},${article.firstSeenAt.getUTCFullYear()}:${digest}`;
}

/** In characters; some readers truncate longer ids. */
const LONGEST_GUID = 1000;

/** An absolute IRI on a host of the article or its source, or any `urn:`, which has no host. */
function trusted(guid: string, article: PendingArticle, context: MintContext): boolean {
  if (guid.length > LONGEST_GUID || !isIri(guid)) return false;
  if (/^urn:[a-z0-9][a-z0-9-]{0,31}:./iu.test(guid)) return true;
  const host = hostOfId(guid);
  if (host === null) return false;
  const homes = [hostOfId(article.url), ...(context.hosts.get(article.sourceId) ?? [])];
  return homes.some((home) => home !== null && isSameSite(host, home));
}

/** RFC 3987: no space, control character, quote, angle bracket … and no incomplete percent-encoding. */
function isIri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\p{C}]+$/iu.test(text) && !/%(?![0-9a-f]{2})/iu.test(text);
}

/** The host in an http(s) or tag: id, lower case, without `www.`; null: none. */
function hostOfId(id: string | null): string | null {
  if (id === null) return null;
  const tag = /^tag:(?:[^@,/]+@)?([a-z0-9.-]+),\d{4}(?:-\d\d){0,2}:/iu.exec(id);
  if (tag !== null) return plainHost(tag[1] as string);
  if (!/^https?:\/\//iu.test(id)) return null;
  const host = parseUrl(id)?.hostname;
  return host === undefined ? null : plainHost(host);
}

function plainHost(host: string): string {
  return host.toLowerCase().replace(/^www\./u, '');
}

/** The same host, or one is a subdomain of the other: `news.example.org` and `example.org`. */
function isSameSite(a: string, b: string): boolean {
  const other = plainHost(b);
  return a === other || isSubdomainOf(a, other) || isSubdomainOf(other, a);
}

function isSubdomainOf(inner: string, outer: string): boolean {
  return outer.includes('.') && inner.endsWith(`.${outer}`);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
