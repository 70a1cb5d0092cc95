/** Checks which articles commands may receive: none that their site reserves in `tdmrep.json`. */
import type { Article, ArticleRef } from '../../../model/article.js';
import type { Source, SourceFacts, SourceId } from '../../../model/source.js';
import { findHostHold } from '../../../politeness/hosts.js';
import { isPathReserved, type SiteReservations, tdmrepUrl } from '../../../politeness/tdmrep.js';
import type { Store } from '../../../ports/store/store.js';
import { findSite } from '../../../text/url/site-of.js';
import { fetchReservations, type TdmrepGateDeps } from '../../read/robots/tdmrep-gate.js';
import { createPageRequest } from '../full-texts/page-requests.js';

export interface PermissionDeps extends TdmrepGateDeps {
  readonly store: Pick<Store, 'meta' | 'saveMeta' | 'hosts'>;
  readonly sources: readonly Source[];
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
}

/** Why a command does not receive an article. `unknown`: the site did not respond. */
export type RefusalReason = 'reserved' | 'unknown';

/** Sites polled per run. Each is polled once a day; articles of further sites wait. */
const MOST_SITES = 200;

/** Articles that commands must not receive, with the reason. Rejects with the signal's reason. */
export async function checkPermissions(
  articles: readonly Article[],
  { sources, states, ...deps }: PermissionDeps,
): Promise<ReadonlyMap<ArticleRef, RefusalReason>> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const addresses = new Map(articles.map((one) => [one.ref, listTdmAddresses(one, byId.get(one.sourceId), states)]));
  const held = new Map([...(await deps.store.hosts()).map((host) => [host.host, host] as const), ...(deps.pacing?.coolDowns ?? [])]); // biome-ignore format: one map
  const requests = articles.flatMap((article) => {
    const source = byId.get(article.sourceId);
    return source === undefined
      ? []
      : addresses.get(article.ref)!.map((url) => ({ source, request: createPageRequest(url, source), failures: 0 }));
  });
  const files = [...new Map(requests.map((one) => [tdmrepUrl(one.request.url), one])).values()];
  const open = files.filter(({ request }) => findHostHold(request.url, held, deps.now) === null);
  const { sites } = await fetchReservations(open.slice(0, MOST_SITES), deps);
  return new Map(
    [...addresses].flatMap(([ref, urls]) => {
      const why = findRefusalReason(urls, sites);
      return why === null ? [] : [[ref, why] as const];
    }),
  );
}

function findRefusalReason(
  urls: readonly string[],
  sites: ReadonlyMap<string, SiteReservations>,
): RefusalReason | null {
  const known = urls.map((url) => ({ url, site: sites.get(tdmrepUrl(url)) }));
  if (known.some(({ url, site }) => site !== undefined && isPathReserved(site, url))) return 'reserved';
  return known.some(({ site }) => site === undefined) ? 'unknown' : null;
}

/** The feed, and the page if the feed says that it is on its site: a reservation needs no proof. Empty for own posts. */
export function listTdmAddresses(
  { url, sourceId }: Pick<Article, 'url' | 'sourceId'>,
  source: Source | undefined,
  states: ReadonlyMap<SourceId, Pick<SourceFacts, 'profile' | 'adoptedUrl'>>,
): string[] {
  if (source === undefined || source.own !== undefined || !/^https?:/i.test(source.url)) return [];
  const { profile, adoptedUrl = null } = states.get(sourceId) ?? {};
  const homes = [source.url, profile?.homeUrl ?? null, adoptedUrl];
  const isOnSite = url !== null && homes.some((home) => home !== null && findSite(home) === findSite(url));
  return isOnSite ? [source.url, url] : [source.url];
}
