/** Exports the sources of a site as OPML. */

import { collectProfiles } from '../compose/channel-metadata.js';
import { composeEdition } from '../compose/edition.js';
import type { Settings } from '../model/settings.js';
import { expandListedSources } from '../pipeline/read/lists/listed-sources.js';
import { opml } from '../write/opml/opml.js';
import { readStore } from './open-store.js';

export interface ExportedSources {
  readonly opml: string | null;
  /** Ids of sources that cannot be exported: their address is a file or may contain a secret. */
  readonly leftOut: readonly string[];
}

/** Uses titles and home pages of feeds that were read before. Throws StoreError. */
export async function exportSources(settings: Settings): Promise<ExportedSources> {
  const states = await readStore(settings.store, (store) => store.fetchStates());
  const edition = composeEdition(expandListedSources(settings, states), collectProfiles(states), [], null);
  const file = [...opml.edition(edition)].find(({ path }) => path === 'sources.opml');
  return {
    opml: file === undefined ? null : String(file.bytes),
    leftOut: edition.sources.filter(({ feedUrl }) => feedUrl === null).map(({ id }) => id),
  };
}
