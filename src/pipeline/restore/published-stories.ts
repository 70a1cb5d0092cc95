/** Finds the articles of each published story by the links that it lists. */
import { DomUtils, parseDocument } from 'htmlparser2';
import { storyIdOf } from '../../cluster/story-id.js';
import { MOST_OTHERS } from '../../compose/stories.js';
import type { ArticleId, ArticleRef } from '../../model/article.js';
import { slugOf } from '../../text/slug.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEdition, PublishedStoryFeed } from './published-edition.js';
import type { PublishedEntry } from './published-feed.js';

export interface PublishedStory {
  readonly id: string;
  readonly lead: ArticleRef;
  /** Includes the lead. */
  readonly members: readonly ArticleRef[];
  /** Where it may have more articles than the feed lists, their range of dates in epoch milliseconds; null: all are listed. */
  readonly unlisted: { readonly from: number; readonly to: number } | null;
  /** The article whose text each copy has; null: not told. */
  readonly copies: ReadonlyMap<ArticleRef, ArticleRef> | null;
}

/** The stories of the feed of all, and those of their own feeds, which say more. */
export function publishedStories(
  { stories, storyFeeds }: Pick<PublishedEdition, 'stories' | 'storyFeeds'>,
  articles: readonly RestoredArticle[],
  { feedsUrl, siteHost, items }: { readonly feedsUrl: string; readonly siteHost: string; readonly items: number },
): { readonly stories: readonly PublishedStory[]; readonly aliases: ReadonlyMap<string, string> } {
  const taken = new Set<ArticleRef>();
  const { own, aliases } = storiesOfFeeds(storyFeeds, articles, { feedsUrl, siteHost, items }, taken);
  const ids = new Set(own.map(({ id }) => id));
  const others = listedStories(stories ?? [], articles, feedsUrl, taken);
  return { stories: [...own, ...others.filter(({ id }) => !ids.has(id))], aliases };
}

/** `aliases`: ids of stories by the slugs of addresses that lead to them. */
function storiesOfFeeds(
  feeds: readonly PublishedStoryFeed[],
  articles: readonly RestoredArticle[],
  { feedsUrl, siteHost, items }: { readonly feedsUrl: string; readonly siteHost: string; readonly items: number },
  taken: Set<ArticleRef>,
) {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const refOf = (id: ArticleId) => byId.get(id)?.article.ref;
  const aliases = new Map<string, string>();
  const own: PublishedStory[] = [];
  for (const { slug, feed, ids } of feeds) {
    const reports = ids.flatMap((id) => byId.get(id) ?? []);
    const id = storyIdOfFeed(slug, feed, reports, feedsUrl, siteHost);
    if (id !== null && slugOf(id) !== slug) aliases.set(slug, id);
    if (id === null || slugOf(id) !== slug) continue;
    const told = feed._story;
    const lead = told === undefined ? reports.find(({ article }) => feed.title.startsWith(article.title)) : byId.get(told.lead); // biome-ignore format: one choice
    const copies = told?.copies.flatMap((copy) => {
      const [copied, of] = [refOf(copy.id), refOf(copy.of)];
      return copied === undefined || of === undefined ? [] : [[copied, of] as const];
    });
    const all = [...reports.map(({ article }) => article.ref), ...(copies ?? []).map(([ref]) => ref)];
    const members = [...new Set(all)].filter((ref) => !taken.has(ref));
    const leading = lead?.article.ref ?? members[0];
    if (leading === undefined || !members.includes(leading)) continue;
    for (const ref of members) taken.add(ref);
    const times = reports.map(({ article }) => article.publishedAt.getTime());
    const unlisted = ids.length < items ? null : { from: Number.NEGATIVE_INFINITY, to: Math.max(...times) };
    own.push({ id, lead: leading, members, unlisted, copies: copies === undefined ? null : new Map(copies) });
  }
  return { own, aliases };
}

/** RSS does not tell it: there it is that of one of its articles. null: none is. */
function storyIdOfFeed(
  slug: string,
  { id, _story }: PublishedStoryFeed['feed'],
  reports: readonly RestoredArticle[],
  feedsUrl: string,
  siteHost: string,
): string | null {
  if (_story !== undefined) return _story.id;
  if (id !== null) return storyIdIn(id, feedsUrl);
  const made = reports.map(({ id: article, article: { firstSeenAt } }) => storyIdOf(article, siteHost, firstSeenAt.getTime())); // biome-ignore format: one call
  return made.find((each) => slugOf(each) === slug) ?? null;
}

/** Without stories whose articles are all unknown or taken. */
function listedStories(
  entries: readonly PublishedEntry[],
  articles: readonly RestoredArticle[],
  feedsUrl: string,
  taken: Set<ArticleRef>,
): PublishedStory[] {
  const byLink = refsByLink(articles);
  const dates = new Map(articles.map(({ article }) => [article.ref, article.publishedAt.getTime()]));
  return entries.flatMap(({ id, url, link, contentHtml, publishedAt, updatedAt }) => {
    const lead = byLink.get(url) ?? byLink.get(link);
    if (lead === undefined || taken.has(lead)) return [];
    const listed = listedLinks(contentHtml ?? '');
    const others = listed.flatMap((each) => byLink.get(each) ?? []);
    const members = [...new Set([lead, ...others])].filter((ref) => !taken.has(ref));
    for (const ref of members) taken.add(ref);
    const from = dates.get(others.at(-1) ?? lead)!;
    const unlisted = listed.length < MOST_OTHERS ? null : { from, to: (updatedAt ?? publishedAt).getTime() };
    return [{ id: storyIdIn(id, feedsUrl), lead, members, unlisted, copies: null }];
  });
}

/** All formats have them in the entry's content (`compose/stories.ts`). */
function listedLinks(html: string): string[] {
  return DomUtils.getElementsByTagName('a', parseDocument(html).children, true).flatMap(
    ({ attribs }) => attribs.href ?? [],
  );
}

/** By the publisher's address and by our page's; of several articles at one address, one that `all` shows. */
function refsByLink(articles: readonly RestoredArticle[]): Map<string, ArticleRef> {
  const links = new Map<string, ArticleRef>();
  const isShown = ({ channels }: RestoredArticle) => channels.includes('all');
  for (const { link, article } of [...articles].sort((a, b) => Number(isShown(b)) - Number(isShown(a)))) {
    for (const each of [article.url, link]) if (each !== null && !links.has(each)) links.set(each, article.ref);
  }
  return links;
}

/** In feeds, ids that are no IRI are written as part of one of our addresses. */
function storyIdIn(id: string, feedsUrl: string): string {
  const start = `${feedsUrl}stories#`;
  return id.startsWith(start) ? decodeURIComponent(id.slice(start.length)) : id;
}
