/** Assigns ids to the new articles of a run after all sources are read, and merges articles with the same address. */

import { hash } from 'node:crypto';
import type { ArticleId, ArticleRef } from '../model/article.js';
import type { ArticleKey, NamedArticle, PendingArticle } from '../model/identity.js';
import type { SourceId } from '../model/source.js';
import { areSimilarHeadlines } from '../text/alike.js';
import { compareText } from '../text/compare.js';
import { findSite } from '../text/url/site-of.js';
import { isFrontPage } from '../text/url/url.js';
import { type SiteOwnership, selectOwnAddresses } from './site-ownership.js';

export interface MintContext {
  readonly ownership: SiteOwnership;
  /** Host of the section, used in minted ids (RFC 4151). */
  readonly siteHost: string;
}

export interface Minted {
  readonly minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[];
  /** Articles of two sources with one address: merged into that of the address's owner, else the first. */
  readonly merged: readonly { readonly ref: ArticleRef; readonly into: ArticleRef }[];
  /** Addresses that another source owns, which do not lead to these articles. */
  readonly foreign: readonly NamedArticle[];
  /** The articles to which these addresses lead. */
  readonly named: readonly NamedArticle[];
}

/**
 * Independent of the order of arrival and of the config: the same articles always get the same ids.
 * @param taken ids of other articles. Look up the resulting ids in the store, and mint again if they exist.
 */
export function mint(given: readonly PendingArticle[], taken: ReadonlySet<ArticleId>, context: MintContext): Minted {
  const articles = given.map((article) => ({ ...article, urlKeys: selectOwnKeys(article, context) }));
  const ranked = articles.map((article) => rankArticle(article, context)).sort(compareRank);
  const into = mergeByAddress(ranked, context.ownership);
  const used = new Set(taken);
  const minted: { ref: ArticleRef; id: ArticleId }[] = [];
  for (const { article } of ranked) {
    if (into.has(article.ref)) continue;
    const id = findFreeId(article, used, context);
    used.add(id);
    minted.push({ ref: article.ref, id });
  }
  const foreign = given.flatMap((article, i) => {
    const keys = article.urlKeys.filter((key) => !articles[i]!.urlKeys.includes(key));
    return keys.length === 0 ? [] : [{ ref: article.ref, keys: keys.map(toUrlArticleKey) }];
  });
  const lost = new Set(foreign.flatMap(({ keys }) => keys.map(({ value }) => value)));
  const named = articles.flatMap(({ ref, urlKeys }) => {
    const keys = urlKeys.filter((key) => lost.has(key)).map(toUrlArticleKey);
    return keys.length === 0 || into.has(ref) ? [] : [{ ref, keys }];
  });
  return { minted, merged: [...into].map(([ref, target]) => ({ ref, into: target })), foreign, named };
}

function selectOwnKeys({ urlKeys, url, sourceId }: PendingArticle, { ownership }: MintContext): readonly string[] {
  return selectOwnAddresses(urlKeys, { url, sourceId }, ownership);
}

function toUrlArticleKey(value: string): ArticleKey {
  return { kind: 'url', value };
}

interface RankedArticle {
  readonly article: PendingArticle;
  /** Its source owns the site of its address. */
  readonly atHome: boolean;
  /** How near its source is to its address. */
  readonly nearness: number;
  /** 0: its source owns the site of the id. */
  readonly distance: 0 | 1;
  readonly publishedAt: number;
}

function rankArticle(article: PendingArticle, context: MintContext): RankedArticle {
  const { sourceId, url } = article;
  const atHome = url !== null && context.ownership.owns(sourceId, url);
  const nearness = url === null ? 0 : context.ownership.nearness(sourceId, url);
  const distance = measureHostDistance(article, context);
  return { article, atHome, nearness, distance, publishedAt: article.publishedAt.getTime() };
}

/** RFC 4287 8.4: a source on the id's own host comes first, then the earlier publication, then the source id. */
function compareRank(one: RankedArticle, other: RankedArticle): number {
  const [a, b] = [one.article, other.article];
  return (
    one.distance - other.distance ||
    one.publishedAt - other.publishedAt ||
    compareText(a.sourceId, b.sourceId) ||
    compareText(a.url ?? '', b.url ?? '') ||
    compareText(a.guid ?? '', b.guid ?? '') ||
    compareText(a.title, b.title) ||
    a.ref - b.ref
  );
}

function measureHostDistance({ guid, url, sourceId }: PendingArticle, { ownership }: MintContext): 0 | 1 {
  const address = findIdAddress(guid ?? url ?? '');
  return address !== null && ownership.owns(sourceId, address) ? 0 : 1;
}

function mergeByAddress(ranked: readonly RankedArticle[], ownership: SiteOwnership): Map<ArticleRef, ArticleRef> {
  const owner = new Map<string, PendingArticle>();
  const into = new Map<ArticleRef, ArticleRef>();
  const residentsFirst = [...ranked].sort(
    (a, b) => Number(b.atHome) - Number(a.atHome) || (a.atHome ? b.nearness - a.nearness : 0),
  );
  for (const { article } of residentsFirst) {
    const first = article.urlKeys
      .map((key) => owner.get(key))
      .find((one) => one !== undefined && one.sourceId !== article.sourceId && canMerge(one, article, ownership));
    if (first !== undefined) into.set(article.ref, first.ref);
    else for (const key of article.urlKeys) if (!owner.has(key)) owner.set(key, article);
  }
  return into;
}

/** Rivals and articles at a front page are only merged if their headlines are similar. */
function canMerge(one: PendingArticle, other: PendingArticle, ownership: SiteOwnership): boolean {
  const saysLittle = isFrontPage(other.url) || ownership.areRivals(one.sourceId, other.sourceId, other.url);
  return !saysLittle || areSimilarHeadlines(one.title, other.title);
}

function findFreeId(article: PendingArticle, used: ReadonlySet<ArticleId>, context: MintContext): ArticleId {
  for (const id of listIdCandidates(article, context)) if (!used.has(id)) return id;
  throw new Error('candidates never end');
}

/** The publisher's guid if trusted, else ids derived from identifying facts, finally numbered ones. */
function* listIdCandidates(article: PendingArticle, context: MintContext): Generator<ArticleId, never> {
  const made = (what: string) =>
    `tag:${context.siteHost},${article.firstSeenAt.getUTCFullYear()}:${hashMinted(`${article.sourceId}\n${what}`)}`;
  if (article.guid !== null && !article.mintOnly) {
    if (isTrustedGuid(article.guid, article, context)) yield article.guid;
    yield made(`guid ${article.guid}`);
  }
  const address = article.urlKeys[0] ?? article.url;
  if (address !== null) yield made(`url ${address}`);
  yield made(`text ${article.publishedAt.getTime()} ${article.title}`);
  for (let n = 2; ; n++) yield made(`${article.url ?? ''}\n${article.title}\n${n}`);
}

function hashMinted(what: string): string {
  return hash('sha256', what, 'hex').slice(0, 24);
}

/**
 * A key that equals part of a minted id, regardless of host and year. It finds an article restored from published feeds
 * by its guid. Only for the editor's own posts, many of which have neither address nor date.
 */
export function createMintedKey(sourceId: SourceId, guid: string): ArticleKey {
  return { kind: 'guid', sourceId, value: `minted ${hashMinted(`${sourceId}\nguid ${guid}`)}` };
}

/** Empty if the id was not minted. */
export function readMintedKeys(id: ArticleId, sourceId: SourceId): ArticleKey[] {
  const digest = /^tag:[^,]+,\d{4}:([0-9a-f]{24})$/.exec(id)?.[1];
  return digest === undefined ? [] : [{ kind: 'guid', sourceId, value: `minted ${digest}` }];
}

/** In characters; some readers truncate longer ids. */
const LONGEST_GUID = 1000;

/** An absolute IRI on a site that its source owns, or on the unowned site of its address. A `urn:` needs no owner. */
function isTrustedGuid(guid: string, { sourceId, url }: PendingArticle, { ownership }: MintContext): boolean {
  if (guid.length > LONGEST_GUID || !isIri(guid)) return false;
  if (/^urn:[a-z0-9][a-z0-9-]{0,31}:./iu.test(guid)) return true;
  const address = findIdAddress(guid);
  if (address === null) return false;
  if (ownership.owns(sourceId, address)) return true;
  return url !== null && findSite(address) === findSite(url) && !ownership.isForeign(sourceId, address);
}

/** RFC 3987: no space, control character, quote, angle bracket, and no incomplete percent-encoding. */
function isIri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\p{C}]+$/iu.test(text) && !/%(?![0-9a-f]{2})/iu.test(text);
}

/** An address on the site of an http(s) or tag: id. */
function findIdAddress(id: string): string | null {
  const tag = /^tag:(?:[^@,/]+@)?([a-z0-9.-]+),\d{4}(?:-\d\d){0,2}:/iu.exec(id);
  const address = tag === null ? id : `https://${tag[1]}/`;
  return findSite(address) === null ? null : address;
}
