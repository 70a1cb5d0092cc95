/** Where the configured sources live, by their addresses and states. */
import { isNamedAfter } from '../../clean/attribution/borrowed-names.js';
import { type Dwelling, Residence } from '../../identity/residence.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';

type NamedSource = Pick<Source, 'id' | 'url' | 'title'>;
type KnownState = Pick<SourceFacts, 'configuredUrl' | 'adoptedUrl' | 'profile' | 'homeSince'>;

/** As the states are now: those that change later make no difference. */
export function residenceOf(sources: readonly NamedSource[], states: ReadonlyMap<SourceId, KnownState>): Residence {
  const now = sources.map((source) => ({ source, state: states.get(source.id) }));
  return new Residence(() => now.map(({ source, state }) => dwellingOf(source, state)));
}

function dwellingOf({ id, url, title }: NamedSource, state: KnownState | undefined): Dwelling {
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
}
