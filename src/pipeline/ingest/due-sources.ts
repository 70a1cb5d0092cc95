/** Which sources this run requests, and with which requests. */
import type { FetchState, HostState, Source, SourceId } from '../../model/source.js';
import { decideRequest } from '../../politeness/decide-request.js';
import type { Store } from '../../ports/store/store.js';
import type { DueSource } from './host-queue.js';

export interface DueOptions {
  readonly now: Date;
  /** All sources, due or not; still conditionally, and never inside a Retry-After. */
  readonly force: boolean;
  /** Considers these sources only; null: all. */
  readonly only: ReadonlySet<SourceId> | null;
}

export async function dueSources(
  sources: readonly Source[],
  states: ReadonlyMap<SourceId, FetchState>,
  store: Pick<Store, 'hosts' | 'meta' | 'saveMeta'>,
  { now, force, only }: DueOptions,
): Promise<DueSource[]> {
  const runEvery = await sinceLastRun(store, now);
  const hosts = new Map((await store.hosts()).map((host: HostState) => [host.host, host]));
  return sources.flatMap((source) => {
    if (only !== null && !only.has(source.id)) return [];
    const state = states.get(source.id) ?? null;
    const asking = decideRequest(state, source, hosts, now, { force, runEvery });
    return asking.kind === 'ask' ? [{ source, request: asking.request, failures: state?.failures ?? 0 }] : [];
  });
}

const LAST_RUN = 'last-run';

/** Minutes since the previous run; null: none, or the clock was set back. Saves the time of this run. */
async function sinceLastRun(store: Pick<Store, 'meta' | 'saveMeta'>, now: Date): Promise<number | null> {
  const last = await store.meta(LAST_RUN);
  await store.saveMeta(LAST_RUN, now.toISOString());
  const minutes = last === null ? 0 : (now.getTime() - Date.parse(last)) / 60_000;
  return minutes > 0 ? minutes : null;
}
