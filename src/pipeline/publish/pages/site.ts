/** Composes pages for readers and source status files. */

import type { LeadRules } from '../../../cluster/lead.js';
import type { Profiles } from '../../../compose/channel-metadata.js';
import type { EditionSettings } from '../../../compose/settings.js';
import type { ArticleRef } from '../../../model/article.js';
import type { Site, Theme } from '../../../model/page.js';
import type { Settings } from '../../../model/settings.js';
import type { SourceFacts, SourceId } from '../../../model/source.js';
import type { BuildSearchIndex } from '../../../ports/search-index.js';
import type { Store } from '../../../ports/store/store.js';
import { contentDigest } from '../../../text/digest.js';
import type { PageWriter } from '../../../write/html/html.js';
import type { Writer } from '../../../write/writer.js';
import { shortHash } from '../../facts/page-fingerprints.js';
import { createFixedPart } from '../edition-parts.js';
import type { EditionContents } from '../edition-work.js';
import { isPublished, readPageMemory } from './page-memory.js';
import { createStatusFiles } from './status-files.js';
import { storyFeeds } from './story-feeds.js';
import { addFutureOffsets } from './zone-offsets.js';

export interface SiteDeps {
  readonly store: Store;
  readonly settings: EditionSettings & Pick<Settings, 'duplicates'>;
  readonly profiles: Profiles;
  readonly channels: EditionContents['channels'];
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
  readonly writers: readonly Writer[];
  readonly leads: LeadRules;
  /** In display order. */
  readonly pins: readonly ArticleRef[];
  readonly theme: Theme | null;
  readonly search: BuildSearchIndex | null;
  readonly version: string;
  readonly now: Date;
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
