/** The lines in which sources wait, one for each host: who shares an address, who comes first. */
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

/** The addresses of one host that still wait. */
export interface HostQueue<A> {
  readonly host: string;
  readonly waiting: SharedRequest<A>[];
  active: number;
  /** On the clock, in milliseconds. */
  openAt: number;
}

/** Hosts whose sources are well come first, and of one host the sources that are well. */
export function hostQueuesOf<A extends DueSource>(asks: readonly A[]): Map<string, HostQueue<A>> {
  const lines = new Map<string, HostQueue<A>>();
  for (const turn of turnsOf(asks).sort((a, b) => fails(a) - fails(b))) {
    const host = hostOf(turn.request.url);
    const line = lines.get(host) ?? { host, waiting: [], active: 0, openAt: 0 };
    line.waiting.push(turn);
    lines.set(host, line);
  }
  return lines;
}

/** A file stands in no host's line. */
function hostOf(url: string): string {
  return new URL(url).hostname || url;
}

function fails(turn: SharedRequest<DueSource>): number {
  return turn.sources.every((ask) => ask.failures > 0) ? 1 : 0;
}

function turnsOf<A extends DueSource>(asks: readonly A[]): SharedRequest<A>[] {
  const byAddress = new Map<string, A[]>();
  for (const ask of asks) {
    const key = addressKey(ask.request);
    const sharing = byAddress.get(key);
    if (sharing === undefined) byAddress.set(key, [ask]);
    else sharing.push(ask);
  }
  return [...byAddress.values()].map((sharing) => ({ request: sharedRequest(sharing), sources: sharing }));
}

/** Sources with other keys or by another way are told other things. */
function addressKey(request: FetchRequest): string {
  const { url, headers, proxy, allowPrivateAddresses } = request;
  return JSON.stringify([url.replace(/#.*/, ''), headers, proxy, allowPrivateAddresses]);
}

/** A condition is sent only where it is the condition of all: a source that has no body yet needs the body. */
function sharedRequest(asks: readonly DueSource[]): FetchRequest {
  const { request } = asks[0]!;
  const same = asks.every((ask) => JSON.stringify(ask.request.validators) === JSON.stringify(request.validators));
  return same ? request : { ...request, validators: null };
}
