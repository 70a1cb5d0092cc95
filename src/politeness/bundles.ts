/** Packs requests into bundles, one per fetch worker. Requests to hosts that share a Retry-After stay together. */
import { coolDownHost } from './hosts.js';

export const BUNDLE_SIZE = 64;

export interface BundleLimits {
  /** Milliseconds between two requests to one host. */
  readonly spacingMs: number;
  /** Milliseconds that a worker has for a bundle. */
  readonly leaseMs: number;
}

interface PlanLimits extends BundleLimits {
  /** When the host of an address is free, in monotonic milliseconds; missing: always. */
  readonly openAt?: (url: string) => number;
}

export interface BundledRequest {
  readonly url: string;
  readonly feeds: readonly string[];
}

/** Requests that may share a Retry-After, in pieces. A piece starts after the previous one is answered. */
interface Group<R> {
  readonly pieces: R[][];
  /** Feeds without a response so far. */
  readonly open: Set<string>;
  /** When the next piece may start, in monotonic milliseconds. */
  readyAt: number;
}

export class BundlePlan<R extends BundledRequest> {
  readonly #groups = new Map<string, Group<R>>();
  readonly #groupByFeed = new Map<string, Group<R>>();
  readonly #left = new Set<Group<R>>();
  readonly #limits: BundleLimits;

  /** @param sent requests in progress. */
  constructor(requests: readonly R[], sent: readonly BundledRequest[], limits: PlanLimits) {
    this.#limits = limits;
    for (const { url, feeds } of sent) {
      const group = this.#group(coolDownHost(url), feeds);
      for (const feed of feeds) group.open.add(feed);
    }
    for (const [host, of] of groupByHost(requests)) {
      const feeds = of.flatMap((request) => request.feeds);
      const group = this.#group(host, feeds);
      group.pieces.push(...splitPieces(of, limits));
      this.#left.add(group);
      for (const { url } of of) group.readyAt = Math.max(group.readyAt, limits.openAt?.(url) ?? 0);
    }
  }

  /** The next piece of each group without open requests. */
  next(elapsed: number): R[][] {
    const ready = [...this.#left].filter((group) => group.open.size === 0 && group.readyAt <= elapsed);
    return ready.map((group) => {
      const piece = group.pieces.shift()!;
      for (const feed of piece.flatMap(({ feeds }) => feeds)) group.open.add(feed);
      if (group.pieces.length === 0) this.#left.delete(group);
      return piece;
    });
  }

  /** Returns when the host is free again. */
  recordAnswer(feed: string, elapsed: number): number {
    const group = this.#groupByFeed.get(feed);
    group?.open.delete(feed);
    if (group !== undefined) group.readyAt = elapsed + this.#limits.spacingMs;
    return elapsed + this.#limits.spacingMs;
  }

  #group(host: string, feeds: readonly string[]): Group<R> {
    const group = this.#groups.get(host) ?? { pieces: [], open: new Set(), readyAt: 0 };
    this.#groups.set(host, group);
    for (const feed of feeds) this.#groupByFeed.set(feed, group);
    return group;
  }
}

function groupByHost<R extends BundledRequest>(requests: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const request of requests) {
    const host = coolDownHost(request.url);
    const group = groups.get(host);
    if (group === undefined) groups.set(host, [request]);
    else group.push(request);
  }
  return groups;
}

/** A piece takes half a lease, which leaves time for slow responses. */
function splitPieces<R extends BundledRequest>(group: readonly R[], { spacingMs, leaseMs }: BundleLimits): R[][] {
  const most = spacingMs === 0 ? BUNDLE_SIZE : Math.max(1, Math.floor(leaseMs / 2 / spacingMs));
  const pieces: R[][] = [];
  const counts = new Map<string, number>();
  for (const request of group) {
    const { hostname } = new URL(request.url);
    const count = counts.get(hostname) ?? 0;
    const piece = pieces.at(-1);
    if (piece === undefined || piece.length >= BUNDLE_SIZE || count >= most) {
      counts.clear();
      counts.set(hostname, 1);
      pieces.push([request]);
    } else {
      counts.set(hostname, count + 1);
      piece.push(request);
    }
  }
  return pieces;
}

/** Keeps pieces whole and in order. */
export function packBundles<R>(pieces: readonly (readonly R[])[]): R[][] {
  const bundles: R[][] = [];
  for (const piece of pieces) {
    const bundle = bundles.at(-1);
    if (bundle === undefined || bundle.length + piece.length > BUNDLE_SIZE) bundles.push([...piece]);
    else bundle.push(...piece);
  }
  return bundles;
}
