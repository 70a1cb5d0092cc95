/** Stages the channel of the newest stories. */
import { applyFit, entryWeight, fitHead, MAX_ENTRIES } from '../../compose/budget.js';
import { composeHead } from '../../compose/channel.js';
import type { ChannelMetadata } from '../../compose/channel-metadata.js';
import { type MultiSourceStory, storyEntries } from '../../compose/stories.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { Entry } from '../../model/channel.js';
import type { Story } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { readNewestStories } from '../facts/multi-source-stories.js';
import type { StagedChannel } from './edition-work.js';
import type { ChannelTools } from './stage-channel.js';

/** `lastDate`: date of the feed's last change. Resolves with null until a story is shown. */
export async function stageStories(
  metadata: ChannelMetadata,
  lastDate: Date | null,
  tools: ChannelTools,
): Promise<StagedChannel | null> {
  const { settings, renderer, files } = tools;
  const items = Math.min(settings.publish.items, MAX_ENTRIES);
  const newest = await loadNewestEntries(items, tools);
  const entries = applyFit(newest, fitHead(newest.map(entryWeight), items, []));
  const head = composeHead(metadata, entries, { tombstones: [], lastArchive: null, lastDate: lastDate ?? new Date(0) });
  const updatedAt = entries.length === 0 ? lastDate : head.updatedAt;
  if (updatedAt === null) return null;
  const rendered = entries.map((entry) => renderer.render(entry));
  for (const file of renderer.assemble(head, rendered)) await files.put(file);
  return { metadata, updatedAt, entryIds: entries.map(({ id }) => id), leaving: [], lastArchive: 0 };
}

async function loadNewestEntries(items: number, { store, settings, leads, entryOf }: ChannelTools): Promise<Entry[]> {
  // Reads twice as many, because two sources of a story may be one publication.
  const stories = await readNewestStories(store, leads, 2 * items);
  const loaded: MultiSourceStory[] = [];
  let entries: Entry[] = [];
  for (let from = 0; from < stories.length && entries.length < items; from += items) {
    loaded.push(...(await loadStories(stories.slice(from, from + items), store)));
    entries = storyEntries(loaded, entryOf, settings.site.feedsUrl);
  }
  return entries;
}

async function loadStories(stories: readonly Story[], store: Store): Promise<MultiSourceStory[]> {
  const articles = await loadByRef(store, [...new Set(stories.flatMap(({ lead, members }) => [lead, ...members]))]);
  return stories.flatMap(({ id, lead, members }) => {
    const [first, ...others] = [lead, ...members.filter((ref) => ref !== lead)].flatMap(
      (ref) => articles.get(ref) ?? [],
    );
    return first === undefined ? [] : [{ id, lead: first, others }];
  });
}

/** Includes pruned articles. */
async function loadByRef(store: Store, refs: readonly ArticleRef[]): Promise<Map<ArticleRef, Article>> {
  return new Map((await store.visibleArticles(refs)).map((article) => [article.ref, article]));
}
