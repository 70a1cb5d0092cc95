/** Composes pages for readers and source status files. */

import type { Site, Theme } from '../../../model/page.js';
import type { SourceFacts, SourceId } from '../../../model/source.js';
import { contentDigest } from '../../../text/digest.js';
import type { PageWriter } from '../../../write/html/html.js';
import { shortHash } from '../../facts/page-fingerprints.js';
import { createFixedPart } from '../edition-parts.js';
import type { EditionContents } from '../edition-work.js';
import { isPublished, readPageMemory } from './page-memory.js';
import type { PageDeps } from './pages.js';
import { createStatusFiles } from './status-files.js';
import { type StoryFeedDeps, storyFeeds } from './story-feeds.js';
import { addFutureOffsets } from './zone-offsets.js';

export interface SiteDeps extends StoryFeedDeps, Pick<PageDeps, 'profiles' | 'pins' | 'search' | 'version' | 'now'> {
  readonly channels: EditionContents['channels'];
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
  readonly theme: Theme | null;
}

export async function createSiteFiles(deps: SiteDeps): Promise<Pick<EditionContents, 'parts' | 'pages' | 'health'>> {
  const { theme } = deps;
  const feeds = deps.settings.publish.stories ? [storyFeeds(deps)] : [];
  if (theme === null) return { parts: feeds, pages: null, health: await createStatusFiles({ ...deps, writer: null }) };
  const memory = await readPageMemory(deps.store, deps.settings, deps.channels);
  const kept = { menu: memory.menu, zone: addFutureOffsets(memory.zone) };
  const writer = (site: Site) => loadPageWriter(site, theme);
  const { createPages } = await import('./pages.js');
  const { templates, stylesheet } = theme;
  const pages = createPages({ ...deps, kept, theme: shortHash({ templates, stylesheet }), writer });
  const assets = (theme.assets ?? []).map(({ path, bytes }) => ({ path, inputs: contentDigest(bytes), make: async () => bytes })); // biome-ignore format: one map
  const parts = [pages, createFixedPart((path) => path.startsWith('assets/'), assets), ...feeds];
  return {
    parts,
    pages: memory,
    health: await createStatusFiles({ ...deps, writer: async () => writer(await composeCurrentSite(deps, kept)) }),
  };
}

async function loadPageWriter(site: Site, theme: Theme): Promise<PageWriter> {
  const { createPageWriter } = await import('../../../write/html/html.js');
  return createPageWriter(site, theme);
}

/** Site data for this edition: a topic is published from its first article on. */
async function composeCurrentSite(
  { channels, settings }: SiteDeps,
  kept: Pick<Site, 'zone'> & { menu: readonly string[] },
): Promise<Site> {
  const { composeSite } = await import('../../../compose/page-entry.js');
  return composeSite(settings, (id) => isPublished(channels.get(`topics/${id}`)), kept);
}
