/** Finds the articles of each published story by the links that it lists. */
import { DomUtils, parseDocument } from 'htmlparser2';
import { MOST_OTHERS } from '../../compose/stories.js';
import type { ArticleRef } from '../../model/article.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEntry } from './published-feed.js';

export interface PublishedStory {
  readonly id: string;
  readonly lead: ArticleRef;
  /** Includes the lead. */
  readonly members: readonly ArticleRef[];
  /** Where it may have more articles than the feed lists, their range of dates in epoch milliseconds; null: all are listed. */
  readonly unlisted: { readonly from: number; readonly to: number } | null;
}

/** Without stories whose articles are all unknown. */
export function publishedStories(
  entries: readonly PublishedEntry[],
  articles: readonly RestoredArticle[],
  feedsUrl: string,
): PublishedStory[] {
  const byLink = refsByLink(articles);
  const dates = new Map(articles.map(({ article }) => [article.ref, article.publishedAt.getTime()]));
  const taken = new Set<ArticleRef>();
  return entries.flatMap(({ id, url, link, contentHtml, publishedAt, updatedAt }) => {
    const lead = byLink.get(url) ?? byLink.get(link);
    if (lead === undefined || taken.has(lead)) return [];
    const listed = listedLinks(contentHtml ?? '');
    const others = listed.flatMap((each) => byLink.get(each) ?? []);
    const members = [...new Set([lead, ...others])].filter((ref) => !taken.has(ref));
    for (const ref of members) taken.add(ref);
    const from = dates.get(others.at(-1) ?? lead)!;
    const unlisted = listed.length < MOST_OTHERS ? null : { from, to: (updatedAt ?? publishedAt).getTime() };
    return [{ id: storyIdIn(id, feedsUrl), lead, members, unlisted }];
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
