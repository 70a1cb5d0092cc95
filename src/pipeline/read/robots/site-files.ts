/** Requests and stores files that each site has at most once, such as robots.txt. */
import type { FetchFailed, FetchRequest, FetchResult } from '../../../model/fetch.js';
import { isSiteFileCurrent } from '../../../politeness/robots.js';
import type { Store } from '../../../ports/store/store.js';
import type { DueSource } from '../host-queue.js';
import { type SchedulerDeps, scheduleRequests } from '../request-scheduler.js';

interface SiteFile {
  /** ISO 8601: valid until then. */
  readonly until: string;
}

interface FileKind<T> {
  /** @param request the source request that needs the file */
  requestOf(url: string, request: FetchRequest): FetchRequest;
  /** null: undecided. */
  meaning(answer: FetchResult, now: Date): T | null;
}

export interface FetchedSiteFiles<T> {
  /** Current results, including stored ones. */
  readonly known: Map<string, T>;
  /** Failed requests by URL. */
  readonly failed: ReadonlyMap<string, FetchFailed>;
}

/**
 * Requests missing and expired files. Rejects with the signal's reason or an error of the fetcher.
 * @param needed maps the URL of a file to a source that needs it
 */
export async function fetchSiteFiles<T extends SiteFile>(
  needed: ReadonlyMap<string, DueSource>,
  remembered: ReadonlyMap<string, T>,
  { requestOf, meaning }: FileKind<T>,
  deps: SchedulerDeps,
): Promise<FetchedSiteFiles<T>> {
  const known = new Map([...remembered].filter(([, file]) => isSiteFileCurrent(file, deps.now)));
  const failed = new Map<string, FetchFailed>();
  const missing = [...needed].filter(([url]) => !known.has(url));
  await scheduleRequests(
    missing.map(([url, { source, request }]) => {
      return { source: { ...source, url }, request: requestOf(url, request), failures: 0 };
    }),
    deps,
    async ({ request: { url } }, answer) => {
      if (answer.kind === 'rate-limited') return;
      const file = meaning(answer, deps.now);
      if (file !== null) known.set(url, file);
      else if (answer.kind === 'failed') failed.set(url, answer);
    },
  );
  return { known, failed };
}

/** Includes expired files. @param name key of the file kind in the store */
export async function loadSiteFiles<T>(store: Pick<Store, 'meta'>, name: string): Promise<ReadonlyMap<string, T>> {
  const saved: [string, T][] = JSON.parse((await store.meta(name)) ?? '[]');
  return new Map(saved);
}

/** Writes only changes. */
export async function saveSiteFiles(
  store: Pick<Store, 'meta' | 'saveMeta'>,
  name: string,
  files: ReadonlyMap<string, unknown>,
): Promise<void> {
  const saved = JSON.stringify([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (saved !== (await store.meta(name))) await store.saveMeta(name, saved);
}
