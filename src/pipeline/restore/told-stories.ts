/** Which articles tell each story, by the links that the edition gives. */
import { MOST_OTHERS } from '../../compose/stories.js';
import type { ArticleRef } from '../../model/article.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEntry } from './published-entry.js';

export interface PublishedStory {
  readonly id: string;
  readonly lead: ArticleRef;
  /** The lead too. */
  readonly members: readonly ArticleRef[];
  /** True where more may tell it than a feed lists. */
  readonly cutShort: boolean;
}

/** Stories of which no article is known any more are left out. */
export function publishedStories(
  entries: readonly PublishedEntry[],
  articles: readonly RestoredArticle[],
  feedsUrl: string,
): PublishedStory[] {
  const byLink = linked(articles);
  const taken = new Set<ArticleRef>();
  return entries.flatMap(({ id, url, link, related }) => {
    const lead = byLink.get(url) ?? byLink.get(link);
    const others = related.flatMap((each) => byLink.get(each) ?? []);
    const members = [...new Set([...(lead === undefined ? [] : [lead]), ...others])].filter((ref) => !taken.has(ref));
    if (lead === undefined || !members.includes(lead)) return [];
    for (const ref of members) taken.add(ref);
    return [{ id: storyId(id, feedsUrl), lead, members, cutShort: related.length >= MOST_OTHERS }];
  });
}

/** By the publisher's address and by that of our page; of several articles at one address, those that `all` shows come first. */
function linked(articles: readonly RestoredArticle[]): Map<string, ArticleRef> {
  const links = new Map<string, ArticleRef>();
  const shownFirst = [...articles].sort((a, b) => Number(isShown(b)) - Number(isShown(a)));
  for (const { link, article } of shownFirst) {
    for (const each of [article.url, link]) if (!links.has(each)) links.set(each, article.ref);
  }
  return links;
}

function isShown({ channels }: RestoredArticle): boolean {
  return channels.includes('all');
}

/** Ids that are no IRI are part of an address of ours in feeds. */
function storyId(id: string, feedsUrl: string): string {
  const start = `${feedsUrl}stories#`;
  return id.startsWith(start) ? decodeURIComponent(id.slice(start.length)) : id;
}
