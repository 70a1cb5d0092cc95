/** Stages all channels, one document in memory at a time. */
import { channelMetadata } from '../../compose/channel-metadata.js';
import { createEntries } from '../../compose/entry.js';
import { STORIES } from '../../model/channel.js';
import type { EditionWork } from './edition-work.js';
import { EntryRenderer } from './entry-renderer.js';
import { RenderCache } from './render-cache.js';
import { type ChannelTools, stageChannel } from './stage-channel.js';
import { stageStories } from './stage-stories.js';

/** Adds every channel ever published to `work.channels`. */
export async function stageChannels(work: EditionWork): Promise<void> {
  const { context, current, contents, plan, files, scratch, channels } = work;
  const { settings, profiles, leads } = contents;
  const { store, publishing } = context;
  const entryOf = createEntries(settings);
  const renderer = new EntryRenderer(publishing.writers);
  const cache = new RenderCache(store, entryOf, renderer, scratch);
  const tools: ChannelTools = { store, settings, cache, renderer, files, leads, entryOf, now: current.options.now };
  for (const [path, metadata] of plan.wanted) {
    if (path === STORIES) continue;
    current.signal.throwIfAborted();
    const channel = await stageChannel(metadata, plan.channels.get(path)!, plan.work.get(path) ?? NO_WORK, tools);
    if (channel !== null) channels.push(channel);
  }
  const metadata = channelMetadata(STORIES, settings, profiles);
  const lastDate = plan.channels.get(STORIES)?.updatedAt ?? null;
  const stories = metadata === null ? null : await stageStories(metadata, lastDate, tools);
  if (stories !== null) channels.push(stories);
}

const NO_WORK = { head: false, archives: new Set<number>(), mayShrink: false };
