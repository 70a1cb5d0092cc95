/** Finds the articles of each published story in the feed of that story. */
import type { ArticleId, ArticleRef } from '../../model/article.js';
import { slugOf } from '../../text/slug.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEdition, PublishedStoryFeed } from './published-edition.js';

export interface PublishedStory {
  readonly id: string;
  readonly lead: ArticleRef;
  /** Includes the lead. */
  readonly members: readonly ArticleRef[];
  /** Articles up to this date may belong to it although its feed has no room for them; null: all are listed. In epoch milliseconds. */
  readonly unlistedUntil: number | null;
  /** The article whose text each copy has. */
  readonly copies: ReadonlyMap<ArticleRef, ArticleRef>;
}

/** `aliases`: ids of stories by the slugs of addresses that lead to them. */
interface PublishedStories {
  readonly stories: readonly PublishedStory[];
  readonly aliases: ReadonlyMap<string, string>;
}

/** `items`: maximum entries of a head. */
export function publishedStories(
  { storyFeeds }: Pick<PublishedEdition, 'storyFeeds'>,
  articles: readonly RestoredArticle[],
  items: number,
): PublishedStories {
  const refs = new Map(articles.map(({ id, article }) => [id, article]));
  const taken = new Set<ArticleRef>();
  const isOwnAddress = ({ slug, story }: PublishedStoryFeed) => slugOf(story.id) === slug;
  const others = storyFeeds.filter((feed) => !isOwnAddress(feed));
  return {
    stories: storyFeeds.filter(isOwnAddress).flatMap((feed) => readStory(feed, refs, taken, items) ?? []),
    aliases: new Map(others.map(({ slug, story }) => [slug, story.id])),
  };
}

/** null: another story has its articles. */
function readStory(
  { story, ids, outdated }: PublishedStoryFeed,
  known: ReadonlyMap<ArticleId, RestoredArticle['article']>,
  taken: Set<ArticleRef>,
  items: number,
): PublishedStory | null {
  const reports = ids.flatMap((id) => known.get(id) ?? []);
  const copies = story.copies.flatMap((copy) => {
    const [copied, original] = [known.get(copy.id)?.ref, known.get(copy.of)?.ref];
    if (copied === undefined || original === undefined || outdated.has(copy.id) || outdated.has(copy.of)) return [];
    return [[copied, original] as const];
  });
  const all = [...reports.map(({ ref }) => ref), ...copies.map(([ref]) => ref)];
  const members = [...new Set(all)].filter((ref) => !taken.has(ref));
  const lead = known.get(story.lead)?.ref ?? members[0];
  if (lead === undefined || !members.includes(lead)) return null;
  for (const ref of members) taken.add(ref);
  const oldest = reports.at(-1)?.publishedAt.getTime() ?? 0;
  return { id: story.id, lead, members, unlistedUntil: ids.length < items ? null : oldest, copies: new Map(copies) };
}
