/** Files that each site has one of, such as robots.txt: asked for paced as its host, and remembered by their addresses. */
import type { FetchFailed, FetchRequest, FetchResult } from '../../../model/fetch.js';
import { isSiteFileCurrent } from '../../../politeness/robots.js';
import type { Store } from '../../../ports/store/store.js';
import type { DueSource } from '../host-queue.js';
import { type SchedulerDeps, scheduleRequests } from '../request-scheduler.js';

/** What is remembered of a file. */
interface SiteFile {
  /** ISO 8601: until then it need not be asked for again. */
  readonly until: string;
}

interface FileKind<T> {
  /** @param request what is asked of the site beside it, for the way to it. */
  requestOf(url: string, request: FetchRequest): FetchRequest;
  /** null: nobody could say. */
  meaning(answer: FetchResult, now: Date): T | null;
}

export interface AskedSiteFiles<T> {
  /** What counts now, what was remembered included. */
  readonly known: Map<string, T>;
  /** Those that could not be had. */
  readonly failed: ReadonlyMap<string, FetchFailed>;
}

/**
 * Asks for what is not known, or not any more: one request a file. Rejects with the signal's reason, or what the fetcher throws.
 * @param needed by the address of the file, a source that needs it.
 */
export async function askSiteFiles<T extends SiteFile>(
  needed: ReadonlyMap<string, DueSource>,
  remembered: ReadonlyMap<string, T>,
  { requestOf, meaning }: FileKind<T>,
  deps: SchedulerDeps,
): Promise<AskedSiteFiles<T>> {
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

/** By their addresses; some may be out of date. @param name of the kind of file in the store. */
export async function loadSiteFiles<T>(store: Pick<Store, 'meta'>, name: string): Promise<ReadonlyMap<string, T>> {
  const saved: [string, T][] = JSON.parse((await store.meta(name)) ?? '[]');
  return new Map(saved);
}

/** Writes nothing where nothing was learnt. */
export async function saveSiteFiles(
  store: Pick<Store, 'meta' | 'saveMeta'>,
  name: string,
  files: ReadonlyMap<string, unknown>,
): Promise<void> {
  const saved = JSON.stringify([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (saved !== (await store.meta(name))) await store.saveMeta(name, saved);
}
