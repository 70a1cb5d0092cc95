/** Groups requests into queues by host. Sources with the same address share a request; failing sources come last. */
import type { FetchRequest } from '../../model/fetch.js';
import type { DueFeed } from '../../politeness/bundle-asks.js';

export interface DueSource extends DueFeed {
  /** Whether to check robots.txt; missing: depends on the kind of source. */
  readonly robots?: boolean;
}

export interface SharedRequest<A> {
  readonly request: FetchRequest;
  readonly sources: readonly A[];
}

/** Failing requests come last in their queue; queues of only such requests come last. */
export function createHostQueues<A extends DueSource>(due: readonly A[]): readonly (readonly SharedRequest<A>[])[] {
  const byAddress = groupByKey(due, ({ request }) =>
    // Headers and proxies can change the response.
    JSON.stringify([request.url.replace(/#.*/, ''), request.headers, request.proxy, request.allowPrivateAddresses]),
  );
  const requests = byAddress.map((sources) => ({ request: toSharedRequest(sources), sources }));
  return groupByKey(
    requests.sort((a, b) => rankFailing(a) - rankFailing(b)),
    ({ request }) => queueKey(request.url),
  );
}

function groupByKey<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Each file has its own queue, because no server needs protection. */
export function queueKey(url: string): string {
  return new URL(url).hostname || url;
}

function rankFailing({ sources }: SharedRequest<DueSource>): number {
  return sources.every(({ failures }) => failures > 0) ? 1 : 0;
}

/** Sends validators only if all sources share them: a source without a stored body needs a full response. */
function toSharedRequest(sources: readonly DueSource[]): FetchRequest {
  const { request } = sources[0]!;
  const same = sources.every((one) => JSON.stringify(one.request.validators) === JSON.stringify(request.validators));
  return same ? request : { ...request, validators: null };
}
