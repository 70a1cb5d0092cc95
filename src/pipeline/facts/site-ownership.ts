/** Derives which sites the configured sources own from their addresses and states. */
import { matchesHost } from '../../clean/attribution/borrowed-names.js';
import { type SiteClaim, SiteOwnership } from '../../identity/site-ownership.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';

type NamedSource = Pick<Source, 'id' | 'url' | 'title'>;
type KnownState = Pick<SourceFacts, 'configuredUrl' | 'adoptedUrl' | 'profile' | 'homeSince'>;

/** Takes a snapshot of the states: later changes have no effect. */
export function createSiteOwnership(
  sources: readonly NamedSource[],
  states: ReadonlyMap<SourceId, KnownState>,
): SiteOwnership {
  const now = sources.map((source) => ({ source, state: states.get(source.id) }));
  return new SiteOwnership(() => now.map(({ source, state }) => toClaim(source, state)));
}

function toClaim({ id, url, title }: NamedSource, state: KnownState | undefined): SiteClaim {
  const known = state?.configuredUrl === url ? state : null;
  const homeUrl = known?.profile?.homeUrl ?? null;
  return {
    sourceId: id,
    feedUrl: url,
    homeUrl,
    homeHasName: homeUrl !== null && matchesHost(title ?? known?.profile?.title ?? '', homeUrl),
    homeSince: known?.homeSince?.getTime() ?? 0,
    movedTo: known?.adoptedUrl ?? null,
  };
}
