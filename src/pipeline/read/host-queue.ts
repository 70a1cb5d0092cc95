/** Request queues by host: sources with the same address share a request, and failing sources come last. */
import type { FetchRequest } from '../../model/fetch.js';
import type { Source } from '../../model/source.js';

/** A source that may be requested now. */
export interface DueSource {
  readonly source: Source;
  readonly request: FetchRequest;
  /** Consecutive failures so far: failing sources come last, so that their timeouts do not delay others. */
  readonly failures: number;
  /** SHA-256 of the document that is known, hex; none: the answer must have its body. */
  readonly bodyHash?: string | null;
  /** Whether robots.txt is asked first; missing: as its kind says. */
  readonly robots?: boolean;
}

/** One request and all sources that share it. */
export interface SharedRequest<A> {
  readonly request: FetchRequest;
  readonly sources: readonly A[];
}

/** Requests whose sources all failed last time come last in their queue; queues of such requests alone come last. */
export function hostQueuesOf<A extends DueSource>(due: readonly A[]): readonly (readonly SharedRequest<A>[])[] {
  const byAddress = groupBy(due, ({ request }) => addressKey(request));
  const requests = byAddress.map((sources) => ({ request: sharedRequest(sources), sources }));
  return groupBy(
    requests.sort((a, b) => fails(a) - fails(b)),
    ({ request }) => queueKey(request.url),
  );
}

/** Groups are in the order of their first elements. */
function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Each file is its own queue: there is no server to protect. */
export function queueKey(url: string): string {
  return new URL(url).hostname || url;
}

function fails({ sources }: SharedRequest<DueSource>): number {
  return sources.every(({ failures }) => failures > 0) ? 1 : 0;
}

/** Different headers or proxies may get different responses. */
function addressKey({ url, headers, proxy, allowPrivateAddresses }: FetchRequest): string {
  return JSON.stringify([url.replace(/#.*/, ''), headers, proxy, allowPrivateAddresses]);
}

/** Validators are sent only where all sources have the same ones: a source without a stored body needs a full response. */
function sharedRequest(sources: readonly DueSource[]): FetchRequest {
  const { request } = sources[0]!;
  const same = sources.every((one) => JSON.stringify(one.request.validators) === JSON.stringify(request.validators));
  return same ? request : { ...request, validators: null };
}
