/** Adds the sources of lists to the settings, as known to the store. */
import type { Settings } from '../model/settings.js';
import type { SourceId } from '../model/source.js';
import { expandListedSources, isList, mayAddSources } from '../pipeline/read/lists/listed-sources.js';
import type { Store } from '../ports/store/store.js';
import { readStore } from './open-store.js';

export async function loadListedSources(settings: Settings, store: Pick<Store, 'fetchStates'>): Promise<Settings> {
  if (!settings.sources.some(mayAddSources)) return settings;
  return expandListedSources(settings, await store.fetchStates());
}

/** Ids of all sources and lists. Opens the store only if there are lists. Throws StoreError. */
export async function listAllSourceIds(settings: Settings): Promise<ReadonlySet<SourceId>> {
  const own = settings.sources.map(({ id }) => id);
  if (!settings.sources.some(isList)) return new Set(own);
  const { sources } = await readStore(settings.store, (store) => loadListedSources(settings, store));
  return new Set([...own, ...sources.map(({ id }) => id)]);
}
