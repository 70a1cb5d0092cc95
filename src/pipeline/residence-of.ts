/** Where the configured sources live, by their addresses and states. */
import { Residence } from '../identity/residence.js';
import type { Source, SourceFacts, SourceId } from '../model/source.js';

type KnownState = Pick<SourceFacts, 'configuredUrl' | 'adoptedUrl' | 'profile' | 'homeSince'>;

export function residenceOf(
  sources: readonly Pick<Source, 'id' | 'url'>[],
  states: ReadonlyMap<SourceId, KnownState>,
): Residence {
  return new Residence(
    sources.map(({ id, url }) => {
      const state = states.get(id);
      const known = state?.configuredUrl === url ? state : null;
      return {
        sourceId: id,
        feedUrl: url,
        homeUrl: known?.profile?.homeUrl ?? null,
        homeSince: known?.homeSince?.getTime() ?? 0,
        movedTo: known?.adoptedUrl ?? null,
      };
    }),
  );
}
