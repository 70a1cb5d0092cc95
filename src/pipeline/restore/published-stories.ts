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

interface Context {
  /** Maximum entries of a head. */
  readonly items: number;
  readonly feedsUrl: string;
  readonly siteHost: string;
}

/** `aliases`: ids of stories by the slugs of addresses that lead to them. */
interface PublishedStories {
  readonly stories: readonly PublishedStory[];
  readonly aliases: ReadonlyMap<string, string>;
}

/** Of what is said of a story, JSON Feed says most, then the feed of all stories, then its own feed in another format. */
export function publishedStories(
  { stories, storyFeeds }: Pick<PublishedEdition, 'stories' | 'storyFeeds'>,
  articles: readonly RestoredArticle[],
  context: Context,
): PublishedStories {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const taken = new Set<ArticleRef>();
  const aliases = new Map<string, string>();
  const named = storyFeeds.flatMap((document) => {
    const id = storyIdOfFeed(document, byId, context);
    if (id !== null && slugOf(id) !== document.slug) aliases.set(document.slug, id);
    return id === null || slugOf(id) !== document.slug ? [] : [{ ...document, id }];
  });
  const found = new Map<string, PublishedStory>();
  const add = (some: readonly PublishedStory[]) => {
    for (const story of some) if (!found.has(story.id)) found.set(story.id, story);
  };
  const isWhole = ({ feed }: PublishedStoryFeed) => feed._story !== undefined;
  add(named.filter(isWhole).flatMap((document) => storyOfFeed(document, byId, taken, context) ?? []));
  add(listedStories(stories ?? [], articles, context.feedsUrl, taken));
  add(named.filter((one) => !isWhole(one)).flatMap((document) => storyOfFeed(document, byId, taken, context) ?? []));
  return { stories: [...found.values()], aliases };
}

type ById = ReadonlyMap<ArticleId, RestoredArticle>;

/** null: another story has its articles. */
function storyOfFeed(
  { id, feed, ids, outdated }: PublishedStoryFeed & { readonly id: string },
  byId: ById,
  taken: Set<ArticleRef>,
  { items }: Context,
): PublishedStory | null {
  const refOf = (article: ArticleId) => byId.get(article)?.article.ref;
  const told = feed._story;
  const reports = ids.flatMap((report) => byId.get(report) ?? []);
  const copies = (told?.copies ?? []).flatMap((copy) => {
    if (outdated.has(copy.id) || outdated.has(copy.of)) return [];
    const [copied, of] = [refOf(copy.id), refOf(copy.of)];
    return copied === undefined || of === undefined ? [] : [[copied, of] as const];
  });
  const all = [...reports.map(({ article }) => article.ref), ...copies.map(([ref]) => ref)];
  const members = [...new Set(all)].filter((ref) => !taken.has(ref));
  const titled = reports.find(({ article }) => feed.title.startsWith(article.title))?.article.ref;
  const lead = (told === undefined ? titled : refOf(told.lead)) ?? members[0];
  if (lead === undefined || !members.includes(lead)) return null;
  for (const ref of members) taken.add(ref);
  // Without what JSON Feed tells, its copies are not listed; with it, the oldest articles where there are many.
  const oldest = reports.at(-1)?.article.publishedAt.getTime() ?? 0;
  const beforeIt = ids.length < items ? null : { ...EVERY_DATE, to: oldest };
  const unlisted = told === undefined ? EVERY_DATE : beforeIt;
  return { id, lead, members, unlisted, copies: told === undefined ? null : new Map(copies) };
}

const EVERY_DATE = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** RSS does not tell it: there it is that of one of its articles. null: none is. */
function storyIdOfFeed(
  { slug, feed: { id, _story }, ids }: PublishedStoryFeed,
  byId: ById,
  { feedsUrl, siteHost }: Context,
): string | null {
  if (_story !== undefined) return _story.id;
  if (id !== null) return storyIdIn(id, feedsUrl);
  const made = ids.flatMap((article) => {
    const seenAt = byId.get(article)?.article.firstSeenAt.getTime();
    return seenAt === undefined ? [] : storyIdOf(article, siteHost, seenAt);
  });
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
