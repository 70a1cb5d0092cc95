/** The stories of an edition: the newest, with the articles that tell them. */
import { fitHead, MOST_ENTRIES } from '../compose/budget.js';
import { composeHead } from '../compose/channel.js';
import type { ChannelFace } from '../compose/face.js';
import { storyEntries, type ToldStory } from '../compose/stories.js';
import type { Article, ArticleRef } from '../model/article.js';
import type { Entry } from '../model/channel.js';
import type { Story } from '../model/story.js';
import type { Store } from '../ports.js';
import { type ChannelDeps, type StagedChannel, writeChannel } from './edition-channel.js';

const BATCH = 500;

/** `lastDate`: what the feed showed last; null: there has been none, and none is made where no story is told twice. */
export async function stageStories(
  face: ChannelFace,
  stories: readonly Story[],
  lastDate: Date | null,
  deps: ChannelDeps,
): Promise<StagedChannel> {
  const items = Math.min(deps.settings.publish.items, MOST_ENTRIES);
  const entries = fitHead(await newestEntries(stories, items, deps), items, []);
  const head = composeHead(face, entries, { tombstones: [], lastArchive: null, lastDate: lastDate ?? new Date(0) });
  const updatedAt = entries.length === 0 ? lastDate : head.updatedAt;
  if (updatedAt !== null) await writeChannel(head, deps);
  return { face, updatedAt, entryIds: entries.map(({ id }) => id), leaving: [], lastArchive: 0 };
}

/** Story by story from the newest on, until there are enough: some turn out to be told by one publication alone. */
async function newestEntries(stories: readonly Story[], items: number, deps: ChannelDeps): Promise<Entry[]> {
  const several = stories.filter(({ members }) => members.length > 1);
  const dates = await startDates(several, deps.store);
  const newest = [...several].sort((a, b) => dates.get(b.id)! - dates.get(a.id)! || (a.id < b.id ? -1 : 1));
  const told: ToldStory[] = [];
  let entries: Entry[] = [];
  for (let from = 0; from < newest.length && entries.length < items; from += items) {
    told.push(...(await loadStories(newest.slice(from, from + items), deps.store)));
    entries = storyEntries(told, deps.entryOf, deps.settings.site.feedsUrl);
  }
  return entries;
}

/** When each story began: of its first article that is still there. */
async function startDates(stories: readonly Story[], store: Store): Promise<Map<string, number>> {
  const dates = new Map<string, number>();
  for (let from = 0; from < stories.length; from += BATCH) {
    const batch = stories.slice(from, from + BATCH);
    const articles = await byRef(
      store,
      batch.map(({ members }) => members[0]!),
    );
    for (const { id, members } of batch) dates.set(id, articles.get(members[0]!)?.publishedAt.getTime() ?? 0);
  }
  return dates;
}

async function loadStories(stories: readonly Story[], store: Store): Promise<ToldStory[]> {
  const articles = await byRef(store, [...new Set(stories.flatMap(({ lead, members }) => [lead, ...members]))]);
  return stories.flatMap(({ id, lead, members }) => {
    const [first, ...others] = [lead, ...members.filter((ref) => ref !== lead)].flatMap(
      (ref) => articles.get(ref) ?? [],
    );
    return first === undefined ? [] : [{ id, lead: first, others }];
  });
}

async function byRef(store: Store, refs: readonly ArticleRef[]): Promise<Map<ArticleRef, Article>> {
  return new Map((await store.articles(refs)).map((article) => [article.ref, article]));
}
