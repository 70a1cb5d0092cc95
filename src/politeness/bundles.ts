/** Packs requests into bundles, each for one fetch worker: all that a Retry-After may speak for stays together, so that no two workers ask one host. */
import { coolDownHost } from './hosts.js';

/** Addresses in a bundle. */
export const BUNDLE_SIZE = 64;

export interface BundleLimits {
  /** Milliseconds between two requests to one host. */
  readonly spacingMs: number;
  /** Milliseconds that a worker has for a bundle. */
  readonly leaseMs: number;
}

interface PlanLimits extends BundleLimits {
  /** When the host of an address may be asked again, in monotonic milliseconds; missing: no host was asked yet. */
  readonly openAt?: (url: string) => number;
}

/** A request, and the feeds that share it. */
export interface BundledRequest {
  readonly url: string;
  readonly feeds: readonly string[];
}

/** The requests that a Retry-After of one of them may speak for, in pieces: each is asked once the one before it is answered. */
interface Group<R> {
  readonly pieces: R[][];
  /** Feeds that wait for an answer. */
  readonly open: Set<string>;
  /** When the next piece may be asked, in monotonic milliseconds. */
  readyAt: number;
}

/** What is to be asked, and what may be asked now. */
export class BundlePlan<R extends BundledRequest> {
  readonly #groups = new Map<string, Group<R>>();
  readonly #groupOf = new Map<string, Group<R>>();
  /** Those with pieces: what is looked at again and again. */
  readonly #left = new Set<Group<R>>();
  readonly #limits: BundleLimits;

  /** `sent`: what is being asked already. */
  constructor(requests: readonly R[], sent: readonly BundledRequest[], limits: PlanLimits) {
    this.#limits = limits;
    for (const { url, feeds } of sent) {
      const group = this.#group(coolDownHost(url), feeds);
      for (const feed of feeds) group.open.add(feed);
    }
    for (const [host, of] of byHost(requests)) {
      const feeds = of.flatMap((request) => request.feeds);
      const group = this.#group(host, feeds);
      group.pieces.push(...piecesOf(of, limits));
      this.#left.add(group);
      for (const { url } of of) group.readyAt = Math.max(group.readyAt, limits.openAt?.(url) ?? 0);
    }
  }

  /** The next pieces of all groups in which nothing waits for an answer. */
  next(elapsed: number): R[][] {
    const ready = [...this.#left].filter((group) => group.open.size === 0 && group.readyAt <= elapsed);
    return ready.map((group) => {
      const piece = group.pieces.shift()!;
      for (const feed of piece.flatMap(({ feeds }) => feeds)) group.open.add(feed);
      if (group.pieces.length === 0) this.#left.delete(group);
      return piece;
    });
  }

  /** Returns when its host may be asked again. */
  answered(feed: string, elapsed: number): number {
    const group = this.#groupOf.get(feed);
    group?.open.delete(feed);
    if (group !== undefined) group.readyAt = elapsed + this.#limits.spacingMs;
    return elapsed + this.#limits.spacingMs;
  }

  #group(host: string, feeds: readonly string[]): Group<R> {
    const group = this.#groups.get(host) ?? { pieces: [], open: new Set(), readyAt: 0 };
    this.#groups.set(host, group);
    for (const feed of feeds) this.#groupOf.set(feed, group);
    return group;
  }
}

function byHost<R extends BundledRequest>(requests: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const request of requests) {
    const host = coolDownHost(request.url);
    const group = groups.get(host);
    if (group === undefined) groups.set(host, [request]);
    else group.push(request);
  }
  return groups;
}

/** A piece is asked in half a lease: the rest is for slow answers. */
function piecesOf<R extends BundledRequest>(group: readonly R[], { spacingMs, leaseMs }: BundleLimits): R[][] {
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

/** Whole pieces, packed in their order. */
export function packBundles<R>(pieces: readonly (readonly R[])[]): R[][] {
  const bundles: R[][] = [];
  for (const piece of pieces) {
    const bundle = bundles.at(-1);
    if (bundle === undefined || bundle.length + piece.length > BUNDLE_SIZE) bundles.push([...piece]);
    else bundle.push(...piece);
  }
  return bundles;
}
