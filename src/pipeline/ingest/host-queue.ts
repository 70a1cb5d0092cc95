/** The queue of each host: sources that share an address are one request, and those that fail come last. */
import type { FetchRequest } from '../../model/fetch.js';
import type { Source } from '../../model/source.js';

/** A source that may be asked now. */
export interface DueSource {
  readonly source: Source;
  readonly request: FetchRequest;
  /** Consecutive failures so far: those that fail wait behind the others, so that they delay nobody. */
  readonly failures: number;
}

/** One address and all sources that read it. */
export interface SharedRequest<A> {
  readonly request: FetchRequest;
  readonly sources: readonly A[];
}

/** Hosts whose sources are well come first, and of one host the sources that are well. */
export function hostQueuesOf<A extends DueSource>(due: readonly A[]): readonly (readonly SharedRequest<A>[])[] {
  const byAddress = groupBy(due, ({ request }) => addressKey(request));
  const requests = byAddress.map((sources) => ({ request: sharedRequest(sources), sources }));
  return groupBy(
    requests.sort((a, b) => fails(a) - fails(b)),
    ({ request }) => hostOf(request.url),
  );
}

/** In the order in which the first of each group comes. */
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

/** A file has no host to be spared. */
function hostOf(url: string): string {
  return new URL(url).hostname || url;
}

function fails({ sources }: SharedRequest<DueSource>): number {
  return sources.every(({ failures }) => failures > 0) ? 1 : 0;
}

/** Sources that send other headers or use another proxy may get another answer. */
function addressKey({ url, headers, proxy, allowPrivateAddresses }: FetchRequest): string {
  return JSON.stringify([url.replace(/#.*/, ''), headers, proxy, allowPrivateAddresses]);
}

/** A condition is sent only where it is the condition of all: a source that has no body yet needs the body. */
function sharedRequest(sources: readonly DueSource[]): FetchRequest {
  const { request } = sources[0]!;
  const same = sources.every((one) => JSON.stringify(one.request.validators) === JSON.stringify(request.validators));
  return same ? request : { ...request, validators: null };
}
