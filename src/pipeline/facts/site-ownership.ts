/** Derives which sites the configured sources own from their addresses, settings and states. */
import { listProvedHosts, type SiteClaim, SiteOwnership } from '../../identity/site-ownership.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';
import { isFile } from '../../politeness/schedule.js';

type NamedSource = Pick<Source, 'id' | 'url' | 'sites'>;
type KnownState = Pick<SourceFacts, 'configuredUrl' | 'adoptedUrl' | 'profile' | 'homeSince' | 'siteProofs'>;

export interface SiteFacts {
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
  readonly ownership: SiteOwnership;
}

/** Takes a snapshot of the states: later changes have no effect. */
export function createSiteOwnership(
  sources: readonly NamedSource[],
  states: ReadonlyMap<SourceId, KnownState>,
): SiteOwnership {
  const now = sources.map((source) => ({ source, state: states.get(source.id) }));
  return new SiteOwnership(() => now.map(({ source, state }) => toClaim(source, state)));
}

/**
 * Sources whose home page must prove that it is theirs: another source claims it, or the pages of their articles are to
 * be read. Includes those that are already proved, because a proof expires.
 */
export function selectUnproved(sources: readonly Source[], { states, ownership }: SiteFacts): Source[] {
  const hasProofs = [...states.values()].some(({ siteProofs }) => siteProofs !== undefined);
  const listBare = () => [...states].map(([id, { siteProofs: _, ...state }]) => [id, state] as const);
  const claimed = hasProofs ? createSiteOwnership(sources, new Map(listBare())) : ownership;
  return sources.filter((source) => {
    const { id, delisted, own, articlePages } = source;
    const homeUrl = states.get(id)?.profile?.homeUrl ?? null;
    if (homeUrl === null || delisted === true || own !== undefined || isFile(source)) return false;
    return claimed.isContested(id) || (articlePages === true && !claimed.hasProved(id, homeUrl));
  });
}

/** Hides home pages on sites that other sources have proved. */
export function withOwnHomes(
  sources: readonly Source[],
  states: ReadonlyMap<SourceId, SourceFacts>,
): ReadonlyMap<SourceId, SourceFacts> {
  const ownership = createSiteOwnership(sources, states);
  const isOthers = (id: SourceId, url: string | null) => url !== null && ownership.isProvedByOther(id, url);
  return new Map(
    [...states].map(([id, state]) => {
      const { profile } = state;
      return [
        id,
        isOthers(id, profile?.homeUrl ?? null) ? { ...state, profile: { ...profile!, homeUrl: null } } : state,
      ];
    }),
  );
}

function toClaim({ id, url, sites = [] }: NamedSource, state: KnownState | undefined): SiteClaim {
  const known = state?.configuredUrl === url ? state : null;
  const proofs = (known?.siteProofs ?? []).filter(({ isProved }) => isProved === true);
  return {
    sourceId: id,
    feedUrl: url,
    provedHosts: [...listProvedHosts(sites), ...proofs.map(({ host }) => host)],
    homeUrl: known?.profile?.homeUrl ?? null,
    homeSince: known?.homeSince?.getTime() ?? 0,
    movedTo: known?.adoptedUrl ?? null,
  };
}
