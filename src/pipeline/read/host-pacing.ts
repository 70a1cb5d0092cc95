/** What a run knows about the hosts that it sent requests to, for whatever purpose: pacing is per host, not per step. */
import type { HostState } from '../../model/source.js';

export class HostPacing {
  /** When a host may get its next request, by its name, in the milliseconds of `Clock.elapsed`. */
  readonly openAt = new Map<string, number>();
  /** Milliseconds that a host's robots.txt requests between requests (`Crawl-delay`), where these exceed the spacing. */
  readonly delays = new Map<string, number>();
  /** Retry-After periods that arrived in this run. */
  readonly coolDowns = new Map<string, HostState>();
}
