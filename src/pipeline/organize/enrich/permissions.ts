/** Which articles commands may be given: none that its site reserves in `tdmrep.json`. */
import type { Article, ArticleRef } from '../../../model/article.js';
import { plainRequest } from '../../../model/fetch.js';
import type { Source, SourceFacts, SourceId } from '../../../model/source.js';
import { hostHeldUntil } from '../../../politeness/hosts.js';
import { isReservedAt, type SiteReservations, tdmrepUrl } from '../../../politeness/tdmrep.js';
import type { Store } from '../../../ports/store/store.js';
import type { DueSource } from '../../read/host-queue.js';
import { askTdmrep, type TdmrepGateDeps } from '../../read/robots/tdmrep-gate.js';
import { isOnItsSite } from '../full-texts/page-requests.js';

export interface PermissionDeps extends TdmrepGateDeps {
  readonly store: Pick<Store, 'meta' | 'saveMeta' | 'hosts'>;
  readonly sources: readonly Source[];
  readonly states: ReadonlyMap<SourceId, SourceFacts>;
}

/** Why an article is not given. `unknown`: its site could not be asked. */
export type WhyNotGiven = 'reserved' | 'unknown';

/** Sites that are asked in a run, once a day each; the articles of others wait. */
const MOST_SITES = 200;

/** Those of these articles that may not be given, or not yet. Rejects with the signal's reason. */
export async function askPermissions(
  articles: readonly Article[],
  { sources, states, ...deps }: PermissionDeps,
): Promise<ReadonlyMap<ArticleRef, WhyNotGiven>> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const addresses = new Map(articles.map((one) => [one.ref, tdmAddresses(one, byId.get(one.sourceId), states)]));
  const held = new Map([...(await deps.store.hosts()).map((host) => [host.host, host] as const), ...(deps.pacing?.coolDowns ?? [])]); // biome-ignore format: one map
  const requests = articles.flatMap((article) => {
    const source = byId.get(article.sourceId);
    return source === undefined ? [] : addresses.get(article.ref)!.map((url) => askingFor(url, source));
  });
  const files = [...new Map(requests.map((one) => [tdmrepUrl(one.request.url), one])).values()];
  const open = files.filter(({ request }) => hostHeldUntil(request.url, held, deps.now) === null);
  const { sites } = await askTdmrep(open.slice(0, MOST_SITES), deps);
  return new Map(
    [...addresses].flatMap(([ref, urls]) => {
      const why = whyNot(urls, sites);
      return why === null ? [] : [[ref, why] as const];
    }),
  );
}

function whyNot(urls: readonly string[], sites: ReadonlyMap<string, SiteReservations>): WhyNotGiven | null {
  const known = urls.map((url) => ({ url, site: sites.get(tdmrepUrl(url)) }));
  if (known.some(({ url, site }) => site !== undefined && isReservedAt(site, url))) return 'reserved';
  return known.some(({ site }) => site === undefined) ? 'unknown' : null;
}

/** Its feed, and its page where that is on the site of its source; none of what the editor wrote. */
export function tdmAddresses(
  { url, sourceId }: Pick<Article, 'url' | 'sourceId'>,
  source: Source | undefined,
  states: ReadonlyMap<SourceId, Pick<SourceFacts, 'profile' | 'adoptedUrl'>>,
): string[] {
  if (source === undefined || source.own !== undefined || !/^https?:/i.test(source.url)) return [];
  return url !== null && isOnItsSite(url, source, states.get(sourceId)) ? [source.url, url] : [source.url];
}

/** Nothing that is for the feed alone goes along; private addresses only where the feed itself is on one. */
function askingFor(url: string, source: Source): DueSource {
  const isBeside = new URL(url).hostname === new URL(source.url).hostname;
  const allowPrivateAddresses = source.allowPrivateAddresses && isBeside;
  return { source, request: plainRequest(url, { proxy: source.proxy, allowPrivateAddresses }), failures: 0 };
}
