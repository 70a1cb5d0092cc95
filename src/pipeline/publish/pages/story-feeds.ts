/** Feeds of single stories as an edition part. */

import type { LeadRules } from '../../../cluster/lead.js';
import { createEntries } from '../../../compose/entry.js';
import type { EditionSettings } from '../../../compose/settings.js';
import { composeStoryFeed } from '../../../compose/story-feed.js';
import type { Settings } from '../../../model/settings.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';
import { writeFeed } from '../../../write/feed.js';
import { GENERATOR } from '../../../write/generator.js';
import type { Writer } from '../../../write/writer.js';
import { shortHash } from '../../facts/page-fingerprints.js';
import type { EditionPart, PartFile } from '../edition-parts.js';
import { joinStoryFileInputs, listDirtyStories, makeStoryFiles } from './story-files.js';
import { type ReadStory, StoryReader } from './story-reader.js';

export interface StoryFeedDeps {
  readonly store: Store;
  readonly settings: EditionSettings & Pick<Settings, 'duplicates'>;
  readonly leads: LeadRules;
  readonly writers: readonly Writer[];
}

const FEED = /^stories\/[^/]+\.(?!html$)[a-z]+$/;

/** `stories/<slug>.*`, also at the addresses of merged stories. */
export function storyFeeds(deps: StoryFeedDeps): EditionPart {
  const frame = fingerprintDeps(deps);
  return {
    fingerprint: frame,
    owns: (path) => FEED.test(path),
    files: (_edition, { dirty, recorded }) => {
      const reader = new StoryReader(deps.store, deps.leads, createEntries(deps.settings));
      return makeStoryFiles({
        store: deps.store,
        reader,
        recorded,
        frame,
        owns: (path) => FEED.test(path),
        changed: async () => listDirtyStories(dirty),
        make: (story, aliases) => makeStoryFeeds(story, aliases, frame, deps),
      });
    },
  };
}

function fingerprintDeps({ settings, leads }: StoryFeedDeps): string {
  const { site, publish, sources, topics } = settings;
  const { title, url, feedsUrl, language, comments } = site;
  const rights = sources.map(({ id, content, withdrawn }) => [id, content, withdrawn]).sort();
  const names = topics.map(({ id, label, iptc }) => [id, label, iptc]).sort();
  const shown = [title, url, feedsUrl, language, comments, publish.formats, publish.items, publish.link, publish.hub];
  return shortHash([GENERATOR.version, shown, rights, names, settings.duplicates, leads.prefer]);
}

async function* makeStoryFeeds(
  { ref, view }: ReadStory,
  aliases: readonly string[],
  frame: string,
  { settings, writers }: StoryFeedDeps,
): AsyncIterable<PartFile> {
  if (view === null) return;
  const channel = composeStoryFeed(view, settings, settings.duplicates);
  const paths = [channel.path, ...aliases.filter((slug) => slug !== view.slug).map((slug) => `stories/${slug}`)];
  for (const { feed, document } of writers) {
    if (feed === null) continue;
    const bytes = Buffer.from(writeFeed(feed, channel));
    const shown = contentDigest(bytes);
    const inputs = joinStoryFileInputs({ frame, story: ref, lead: view.lead.ref, names: [], shown });
    for (const path of paths) {
      const at = document(path, null);
      if (at !== null) yield { path: at, inputs, make: async () => bytes };
    }
  }
}
