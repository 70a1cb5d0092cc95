/** Determines the publication of an article, and the aggregator through which it came. */
import type { Attribution, Publication } from '../../model/article.js';
import type { CleanContext } from '../../model/document.js';
import type { Item, ItemSource, ParsedFeed } from '../../model/item.js';
import { lettersOnly } from '../../text/plain.js';
import { AGGREGATORS } from '../../text/url/platforms.js';
import { toPublicUrl } from '../../text/url/redact-url.js';
import { findSite } from '../../text/url/site-of.js';
import { absoluteHref, absoluteUrl, bareHost, canonicalUrl, urlKey } from '../../text/url/url.js';
import { cleanName, toPlainLine } from '../plain-text.js';
import { derivePublicationName, isSiteName, matchesName, type NamedFeed } from './publication-name.js';

/** `own` has the editor's name for the publication, else the result of `derivePublicationName`. */
export function createOwnPublication(feed: ParsedFeed, context: CleanContext): { own: Publication; named: NamedFeed } {
  const url = feed.url === null ? null : canonicalUrl(feed.url, context.documentUrl);
  const feedUrl = selectFeedUrl(feed, context);
  const named = { title: toPlainLine(feed.title), url: url ?? feedUrl, rights: feed.rights ?? '' };
  const title = cleanName(context.source.title) || derivePublicationName(named) || context.source.id;
  return { own: { title, url, feedUrl }, named };
}

/** The feed address declared on the site of the requested one, else that one. null: it could reveal a secret, which a self link may repeat. */
export function selectFeedUrl(feed: ParsedFeed, context: CleanContext): string | null {
  const read = absoluteUrl(context.documentUrl, null)?.href;
  const self = feed.feedUrl === null ? undefined : absoluteUrl(feed.feedUrl, context.documentUrl)?.href;
  const isFile = !/^https?:/.test(read ?? '');
  const declared = self !== undefined && (isFile || findSite(self) === findSite(read!)) ? self : undefined;
  const { secrets } = context.source;
  const open = read === undefined ? null : toPublicUrl(read, secrets);
  if (declared !== undefined) return open === null && read !== undefined ? toPublicUrl(declared, secrets) : declared;
  return open;
}

interface NamedItem {
  readonly item: Item;
  readonly own: Publication;
  readonly names: readonly string[];
  readonly context: Pick<CleanContext, 'source' | 'documentUrl'>;
}

/**
 * The item's `source`, else dc:publisher, else the feed's publication, which is `via` if another one is named. A `source`
 * elsewhere than its article is only credited, because any feed can name one.
 */
export function attributePublication({ item, own, names, context }: NamedItem, url: string | null): Attribution {
  const original = item.source === null ? null : toSourcePublication(item.source, context.documentUrl);
  if (original !== null && !isOwn(original, own, names) && !isArticle(original, item)) {
    if (isAggregator(context) || context.source.own !== undefined || isAtHome(original, url))
      return { publication: original, via: own, credited: null };
    return { publication: own, via: null, credited: { title: original.title, url: original.url } };
  }
  const publisher = cleanName(item.publisher);
  if (original !== null || publisher === '' || matchesName(publisher, names) || url === null || isOnOwnSite(url, own)) {
    return { publication: own, via: null, credited: null };
  }
  return { publication: { title: publisher, url: new URL('/', url).href, feedUrl: null }, via: own, credited: null };
}

export function isAggregator({ source, documentUrl }: NamedItem['context']): boolean {
  return source.aggregator === true || AGGREGATORS.has(bareHost(documentUrl) ?? '');
}

function isAtHome({ title, url, feedUrl }: Publication, article: string | null): boolean {
  const site = article === null ? null : findSite(article);
  return (
    site !== null &&
    ([url, feedUrl].some((one) => one !== null && findSite(one) === site) || isSiteName(title, article))
  );
}

/** `taxonomy/term/92602`, `/rss/world`, or a whole address. */
const PATH = /^(?:https?:\/\/\S+|\/\S*|[^\s/]+(?:\/[^\s/]+)+\/[^\s/]*|[^\s/]+\/\d+)$/;

function toSourcePublication(source: ItemSource, base: string): Publication | null {
  const url = source.url === null ? null : canonicalUrl(source.url, base);
  const feedUrl = source.feedUrl === null ? null : (absoluteUrl(source.feedUrl, base)?.href ?? null);
  const name = cleanName(source.title);
  const title = name === '' || PATH.test(name) ? bareHost(url ?? feedUrl ?? absoluteHref(name, null)) : name;
  return title === null ? null : { title, url, feedUrl };
}

/** In forum feeds, the source is the topic itself. */
function isArticle(named: Publication, { title }: Item): boolean {
  const topic = lettersOnly(toPlainLine(title));
  return topic !== '' && lettersOnly(named.title) === topic;
}

function isOwn(named: Publication, own: Publication, names: readonly string[]): boolean {
  if (matchesName(named.title, names)) return true;
  if (named.feedUrl !== null && own.feedUrl !== null && urlKey(named.feedUrl) === urlKey(own.feedUrl)) return true;
  return named.url !== null && own.url !== null && urlKey(named.url) === urlKey(own.url);
}

/** dc:publisher is often the company behind the feed, so it counts only for articles on other sites. */
function isOnOwnSite(url: string, own: Publication): boolean {
  const host = bareHost(url);
  const homes = [bareHost(own.url), bareHost(own.feedUrl)].filter((home) => home !== null);
  return homes.some((home) => host === home || host!.endsWith(`.${home}`) || home.endsWith(`.${host}`));
}
