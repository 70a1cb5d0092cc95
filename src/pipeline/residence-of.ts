/** Where the configured sources live, by their addresses and states. */
import { isNamedAfter } from '../clean/attribution/borrowed-names.js';
import { Residence } from '../identity/residence.js';
import type { Source, SourceFacts, SourceId } from '../model/source.js';

type KnownState = Pick<SourceFacts, 'configuredUrl' | 'adoptedUrl' | 'profile' | 'homeSince'>;

export function residenceOf(
  sources: readonly Pick<Source, 'id' | 'url' | 'title'>[],
  states: ReadonlyMap<SourceId, KnownState>,
): Residence {
  return new Residence(
    sources.map(({ id, url, title }) => {
      const state = states.get(id);
      const known = state?.configuredUrl === url ? state : null;
      const homeUrl = known?.profile?.homeUrl ?? null;
      return {
        sourceId: id,
        feedUrl: url,
        homeUrl,
        homeHasName: homeUrl !== null && isNamedAfter(title ?? known?.profile?.title ?? '', homeUrl),
        homeSince: known?.homeSince?.getTime() ?? 0,
        movedTo: known?.adoptedUrl ?? null,
      };
    }),
  );
}
