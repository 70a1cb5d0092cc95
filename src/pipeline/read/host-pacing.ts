/** Request timing per host, shared by all steps of a run. */
import type { HostState } from '../../model/source.js';

export class HostPacing {
  /** Earliest time of the next request, by host, in the milliseconds of `Clock.elapsed`. */
  readonly openAt = new Map<string, number>();
  /** `Crawl-delay` of hosts that exceeds the spacing, in milliseconds. */
  readonly delays = new Map<string, number>();
  /** Retry-After periods received in this run. */
  readonly coolDowns = new Map<string, HostState>();
}
