/** Ranks stories by publications and the time since the last one joined. The newest article counts as now. */
import type { SourceId } from '../model/source.js';
import { publicationKey, type StoryArticle, type StoryView } from './story-view.js';

const HALF_LIFE = 8 * 3_600_000;
/** A story is outdated if its last publication joined this long before the newest article. */
const MAX_NEWS_AGE = 48 * 3_600_000;
/** The vote of a publication that repeats another's text. */
const COPY = 0.25;
const PREFERRED = 0.25;
const LEAST_VOTES = 2;
const MOST = 8;
/** Minimum number of top stories if available, regardless of their topics. */
const FEWEST = 3;
/** Maximum number of stories with leads of one publication, and of stories with the same first topic. */
const MAX_ALIKE = 2;

export interface RankedStory extends StoryView {
  readonly votes: number;
  /** When the last of its publications joined, epoch milliseconds. */
  readonly joinedAt: number;
}

/** `prefer`: sources with an additional vote. */
export function rankStory(story: StoryView, prefer: ReadonlySet<SourceId>): RankedStory {
  const by = new Map<string, StoryArticle[]>(story.publications.map((one) => [publicationKey(one), []]));
  for (const article of story.articles) by.get(publicationKey(article))?.push(article);
  const first = new Set(story.course.map(({ article }) => article));
  let votes = 0;
  let joinedAt = Number.NEGATIVE_INFINITY;
  for (const articles of by.values()) {
    const isOriginal = articles.some((article) => first.has(article) || article.entry.isOwn === true);
    votes += isOriginal ? 1 : COPY;
    if (articles.some(({ sourceId }) => prefer.has(sourceId))) votes += PREFERRED;
    joinedAt = Math.max(joinedAt, articles[0]!.entry.publishedAt.getTime());
  }
  return { ...story, votes, joinedAt };
}

/** Votes halve every eight hours after the last publication joined. Ties: the older story, then the smaller id. */
export function compareProminence(a: RankedStory, b: RankedStory): number {
  const weight = Math.log2(b.votes / a.votes) + (b.joinedAt - a.joinedAt) / HALF_LIFE;
  return weight || findStart(a) - findStart(b) || (a.id < b.id ? -1 : 1);
}

function findStart({ articles }: StoryView): number {
  return articles[0]!.entry.publishedAt.getTime();
}

/** The most prominent stories besides pinned ones. `newest`: the edition's newest date, epoch milliseconds. */
export function topStories(
  stories: readonly RankedStory[],
  newest: number,
  pinned: readonly { readonly entry: StoryArticle['entry']; readonly story: StoryView | null }[],
): RankedStory[] {
  const taken = new Set(pinned.flatMap(({ story }) => story?.ref ?? []));
  const counts = new Counts();
  for (const { entry } of pinned) counts.add(entry);
  const news = stories
    .filter(({ ref, votes, joinedAt }) => !taken.has(ref) && votes >= LEAST_VOTES && newest - joinedAt <= MAX_NEWS_AGE)
    .sort(compareProminence);
  const chosen = new Set<RankedStory>();
  const room = (most: number) => pinned.length + chosen.size < most;
  for (const story of news) {
    if (!room(MOST)) break;
    if (!counts.hasRoom(story.lead.entry)) continue;
    counts.add(story.lead.entry);
    chosen.add(story);
  }
  for (const story of news) if (room(FEWEST)) chosen.add(story);
  return news.filter((story) => chosen.has(story));
}

class Counts {
  readonly #counts = new Map<string, number>();

  add(entry: StoryArticle['entry']): void {
    for (const key of listCountKeys(entry)) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  hasRoom(entry: StoryArticle['entry']): boolean {
    return listCountKeys(entry).every((key) => (this.#counts.get(key) ?? 0) < MAX_ALIKE);
  }
}

function listCountKeys({ publication, topics }: StoryArticle['entry']): string[] {
  const name = `publication ${publication.title.toLowerCase()}`;
  return topics[0] === undefined ? [name] : [name, `topic ${topics[0].id}`];
}
