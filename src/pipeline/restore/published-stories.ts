/** Reads the articles of each published story from its feed. */
import type { ArticleId, ArticleRef } from '../../model/article.js';
import type { Story } from '../../model/story.js';
import { toSlug } from '../../text/slug.js';
import type { RestoredArticle } from './articles.js';
import type { PublishedEdition, PublishedStoryFeed } from './published-edition.js';

/** Its members include the lead. */
export interface PublishedStory extends Story {
  /** Unlisted articles up to this time may belong to the story, because its feed is full; null: all are listed. Epoch milliseconds. */
  readonly unlistedUntil: number | null;
  /** Maps each copy to the article with the same text. */
  readonly copies: ReadonlyMap<ArticleRef, ArticleRef>;
}

/** `aliases`: maps slugs of former story URLs to story ids. */
interface PublishedStories {
  readonly stories: readonly PublishedStory[];
  readonly aliases: ReadonlyMap<string, string>;
}

/** `items`: maximum entries of a head. */
export function collectPublishedStories(
  { storyFeeds }: Pick<PublishedEdition, 'storyFeeds'>,
  articles: readonly RestoredArticle[],
  items: number,
): PublishedStories {
  const refs = new Map(articles.map(({ id, article }) => [id, article]));
  const taken = new Set<ArticleRef>();
  const isOwnAddress = ({ slug, story }: PublishedStoryFeed) => toSlug(story.id) === slug;
  const others = storyFeeds.filter((feed) => !isOwnAddress(feed));
  return {
    stories: storyFeeds.filter(isOwnAddress).flatMap((feed) => readStory(feed, refs, taken, items) ?? []),
    aliases: new Map(others.map(({ slug, story }) => [slug, story.id])),
  };
}

/** null: another story contains the articles. */
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
