/** Stages the channel of the newest stories. */
import { commonMentions, isAlsoReported, mentionsOf } from '../../cluster/across-languages.js';
import { entryWeight, fitHead, fitted, MOST_ENTRIES } from '../../compose/budget.js';
import { composeHead } from '../../compose/channel.js';
import type { ChannelMetadata } from '../../compose/channel-metadata.js';
import type { EntryOf } from '../../compose/entry.js';
import { type MultiSourceStory, storyEntries } from '../../compose/stories.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { Entry } from '../../model/channel.js';
import type { Story } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { type ChannelDeps, putAll, type StagedChannel } from './stage-channel.js';

type StoryDeps = Pick<ChannelDeps, 'store' | 'settings' | 'renderer' | 'put'> & { readonly entryOf: EntryOf };

/** `lastDate`: date of what the feed last showed; null: it was never published, and is not while no story has two sources. */
export async function stageStories(
  metadata: ChannelMetadata,
  stories: (limit: number) => Promise<readonly Story[]>,
  lastDate: Date | null,
  deps: StoryDeps,
): Promise<StagedChannel> {
  const items = Math.min(deps.settings.publish.items, MOST_ENTRIES);
  // Twice as many, since some stories are of a single publication with two sources.
  const newest = await newestEntries(await stories(2 * items), items, deps);
  const entries = fitted(newest, fitHead(newest.map(entryWeight), items, []));
  const head = composeHead(metadata, entries, { tombstones: [], lastArchive: null, lastDate: lastDate ?? new Date(0) });
  const updatedAt = entries.length === 0 ? lastDate : head.updatedAt;
  if (updatedAt !== null) {
    const rendered = entries.map((entry) => deps.renderer.render(entry));
    await putAll(deps.renderer.assemble(head, rendered), deps);
  }
  return { metadata, updatedAt, entryIds: entries.map(({ id }) => id), leaving: [], lastArchive: 0 };
}

async function newestEntries(stories: readonly Story[], items: number, deps: StoryDeps): Promise<Entry[]> {
  const loaded: MultiSourceStory[] = [];
  let entries: Entry[] = [];
  for (let from = 0; from < stories.length && entries.length < items; from += items) {
    loaded.push(...(await loadStories(stories.slice(from, from + items), deps.store)));
    entries = storyEntries(loaded, deps.entryOf, deps.settings.site.feedsUrl);
  }
  return entries;
}

async function loadStories(stories: readonly Story[], store: Store): Promise<MultiSourceStory[]> {
  const articles = await byRef(store, [...new Set(stories.flatMap(({ lead, members }) => [lead, ...members]))]);
  const loaded = stories.flatMap(({ id, lead, members }) => {
    const [first, ...others] = [lead, ...members.filter((ref) => ref !== lead)].flatMap(
      (ref) => articles.get(ref) ?? [],
    );
    return first === undefined ? [] : [{ id, lead: first, others }];
  });
  return reportedElsewhere(loaded);
}

/** Adds to each story the leads of those in other languages that report the same event. */
function reportedElsewhere(stories: readonly Omit<MultiSourceStory, 'elsewhere'>[]): MultiSourceStory[] {
  const languages = new Set(stories.map(({ lead }) => lead.language));
  const mentions = languages.size < 2 ? [] : stories.map(({ lead }) => mentionsOf(lead));
  const common = commonMentions(mentions);
  return stories.map((story, at) => {
    const also = stories.filter(
      (_, i) => i !== at && languages.size > 1 && isAlsoReported(mentions[at]!, mentions[i]!, common),
    );
    return { ...story, elsewhere: also.map(({ lead }) => lead) };
  });
}

/** Pruned ones too: what an entry shows of them is kept. */
async function byRef(store: Store, refs: readonly ArticleRef[]): Promise<Map<ArticleRef, Article>> {
  return new Map((await store.visibleArticles(refs)).map((article) => [article.ref, article]));
}
