/** Matches the items of a document with known articles, and assigns keys to these. */
import type { ArticleKey, KnownArticle } from '../model/identity.js';
import type { SourceId } from '../model/source.js';
import { areSimilarHeadlines } from '../text/alike.js';
import { isFrontPage } from '../text/url/url.js';
import type { IdentifiedItem } from './identified-items.js';
import type { SiteOwnership } from './site-ownership.js';

export type IdentifiableArticle = Pick<
  KnownArticle,
  | 'ref'
  | 'id'
  | 'sourceId'
  | 'alsoIn'
  | 'guid'
  | 'url'
  | 'title'
  | 'summary'
  | 'contentHtml'
  | 'language'
  | 'contentHash'
  | 'enclosures'
  | 'episode'
  | 'discussionUrl'
  | 'commentsClosed'
  | 'image'
  | 'publishedAt'
  | 'publishedAtFrom'
  | 'updatedAt'
  | 'withdrawnAt'
  | 'hidden'
  | 'edits'
  | 'fullText'
  | 'matched'
>;

export interface Matches {
  readonly matches: ReadonlyMap<IdentifiedItem, IdentifiableArticle>;
  /** Items whose guid was reused for another article. */
  readonly reused: ReadonlySet<IdentifiedItem>;
  readonly newKeys: ReadonlyMap<IdentifiedItem, readonly ArticleKey[]>;
}

/**
 * Matches by guid, then address, then title with date; each article once, own articles first. Another source's article
 * only matches by address, and not by an address that this source owns while the article has its own elsewhere. An
 * article that rivals share also needs a similar headline.
 */
export function matchItems(
  items: readonly IdentifiedItem[],
  known: readonly IdentifiableArticle[],
  sourceId: SourceId,
  ownership: SiteOwnership,
): Matches {
  const index = new Map<string, IdentifiableArticle>();
  for (const article of known) for (const key of article.matched) index.set(toKeyName(key), article);
  const matches = new Map<IdentifiedItem, IdentifiableArticle>();
  const met = new Set<IdentifiableArticle>();
  const find = ({ keys }: IdentifiedItem, kind: ArticleKey['kind']) =>
    keys.flatMap((key) => (key.kind === kind ? (index.get(toKeyName(key)) ?? []) : []))[0];
  const own = (found: IdentifiableArticle | undefined) => (found?.sourceId === sourceId ? found : undefined);
  const isOther = ({ draft }: IdentifiedItem, { alsoIn, url, title }: IdentifiableArticle) =>
    alsoIn.some((id) => ownership.areRivals(sourceId, id, url)) && !areSimilarHeadlines(draft.title, title);
  const claim = (item: IdentifiedItem, found: IdentifiableArticle | undefined): void => {
    if (found === undefined || met.has(found) || matches.has(item) || isOther(item, found)) return;
    matches.set(item, found);
    met.add(found);
  };
  const findForeign = (item: IdentifiedItem) => {
    const found = find(item, 'url');
    const isOurs = (key: string) => ownership.owns(sourceId, key) && !ownership.owns(sourceId, found?.url ?? '');
    if (found?.id == null || own(found) !== undefined || item.urlKeys.some(isOurs)) return undefined;
    // The publisher's own article needs a decision of its own.
    const isKeptBack = ['review', 'desk', 'rule'].includes(found.hidden?.by ?? '');
    if (isKeptBack && canReclaim(found, sourceId, ownership)) return undefined;
    const saysLittle =
      (isFrontPage(found.url) && !found.alsoIn.includes(sourceId)) ||
      ownership.areRivals(sourceId, found.sourceId, found.url);
    return saysLittle && !areSimilarHeadlines(item.draft.title, found.title) ? undefined : found;
  };

  const reused = new Set(items.filter((item) => isRepublished(item, find(item, 'guid'))));
  const rest = items.filter((item) => !reused.has(item));
  for (const item of rest) claim(item, own(find(item, 'guid')));
  /** A front page or home page has changing articles: another guid and a later date mean another one. */
  const isAtHome = ({ draft, guid }: IdentifiedItem, { guid: before, url, publishedAt }: IdentifiableArticle) => {
    if (guid === null || before === null || guid === before || url === null) return false;
    const isHome = isFrontPage(url) || ownership.isHome(sourceId, url);
    return isHome && draft.claimedPublishedAt !== null && draft.claimedPublishedAt > publishedAt;
  };
  for (const item of rest) {
    const found = own(find(item, 'url'));
    if (found !== undefined && !isAtHome(item, found)) claim(item, found);
  }
  const groups = groupByTitleKey(items);
  for (const group of groups) {
    const unmatched = group.filter((item) => !matches.has(item) && !reused.has(item));
    const titled = new Set(group.map((item) => own(find(item, 'title'))));
    const unmet = [...titled].filter((found) => found !== undefined && !met.has(found));
    for (const [n, item] of unmatched.entries()) claim(item, unmet[n]);
  }
  // Two new articles of one run with the same address are decided after all sources (mint.ts).
  for (const item of rest) claim(item, findForeign(item));

  /** An article of this source that is missing from the document keeps its keys: it may reappear. */
  const isKept = (key: ArticleKey) => {
    const holder = own(index.get(toKeyName(key)));
    return holder !== undefined && !met.has(holder);
  };
  /** Another source's article keeps its addresses, except those that only this source owns. */
  const isAnothers = (key: ArticleKey, holder: IdentifiableArticle | undefined) =>
    key.kind === 'url' &&
    holder !== undefined &&
    holder.sourceId !== sourceId &&
    (!ownership.owns(sourceId, key.value) || ownership.owns(holder.sourceId, key.value));
  const mayHave = (key: ArticleKey, article: IdentifiableArticle | undefined) => {
    const holder = index.get(toKeyName(key));
    if (article !== undefined) return !isKept(key) && !isAnothers(key, holder);
    return holder?.id == null || !isAnothers(key, holder);
  };
  const titleKeys = new Map(groups.flatMap((group) => [...assignTitleKeys(group, matches, index, isKept)]));
  const newKeys = new Map(
    items.map((item) => {
      const article = matches.get(item);
      const titleKey = titleKeys.get(item);
      const keys = item.keys.filter((key) => key.kind !== 'title' && mayHave(key, article));
      if (titleKey !== undefined) keys.push(titleKey);
      return [item, article === undefined ? keys : keys.filter((key) => index.get(toKeyName(key)) !== article)];
    }),
  );
  return { matches, reused, newKeys };
}

/** Whether another source's article belongs to this source, which has the better claim to its address. */
export function canReclaim(article: IdentifiableArticle, sourceId: SourceId, ownership: SiteOwnership): boolean {
  const { sourceId: holder, url } = article;
  if (holder === sourceId || url === null || !ownership.owns(sourceId, url)) return false;
  if (ownership.areRivals(sourceId, holder, url)) return false;
  return ownership.isForeign(holder, url) || ownership.isNearer(sourceId, holder, url);
}

/** Of items with equal title and date, those whose article has a key keep it. The others get the remaining keys. */
function assignTitleKeys(
  group: readonly IdentifiedItem[],
  matches: ReadonlyMap<IdentifiedItem, IdentifiableArticle>,
  index: ReadonlyMap<string, IdentifiableArticle>,
  isKept: (key: ArticleKey) => boolean,
): ReadonlyMap<IdentifiedItem, ArticleKey> {
  const keys = group.map((item) => item.keys.at(-1)!);
  const held = new Map(keys.map((key) => [index.get(toKeyName(key)), key]));
  const assigned = new Map<IdentifiedItem, ArticleKey>();
  for (const item of group) {
    const article = matches.get(item);
    const key = article === undefined ? undefined : held.get(article);
    if (key !== undefined) assigned.set(item, key);
  }
  const taken = new Set(assigned.values());
  const free = keys.filter((key) => !taken.has(key) && !isKept(key)).values();
  for (const item of group) {
    if (assigned.has(item)) continue;
    const { value: key } = free.next();
    if (key !== undefined) assigned.set(item, key);
  }
  return assigned;
}

function groupByTitleKey(items: readonly IdentifiedItem[]): readonly IdentifiedItem[][] {
  const groups = new Map<string, IdentifiedItem[]>();
  for (const item of items) {
    const group = groups.get(item.titleKey);
    if (group === undefined) groups.set(item.titleKey, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** An injective string form of a key. */
function toKeyName(key: ArticleKey): string {
  return key.kind === 'url' ? `u ${key.value}` : `${key.kind} ${key.sourceId} ${key.value}`;
}

const DAY = 86_400_000;

/** The guid was reused: address and title are new, and the date is more than a day later. */
function isRepublished(item: IdentifiedItem, known: IdentifiableArticle | undefined): boolean {
  if (known === undefined) return false;
  const claimed = item.draft.claimedPublishedAt;
  if (claimed === null || claimed.getTime() - known.publishedAt.getTime() <= DAY) return false;
  const sameUrl = known.matched.some((key) => key.kind === 'url' && item.urlKeys.includes(key.value));
  return !sameUrl && item.urlKeys.length > 0 && item.draft.url !== known.url && item.draft.title !== known.title;
}
