/** Looks once for the new address of each feed that is gone, from the front page of its site. Nothing applies it. */
import { createPlainRequest } from '../../model/fetch.js';
import type { FetchState, Source } from '../../model/source.js';
import { listFeeds, toFeedKey } from '../../model/source-feeds.js';
import { urlKey } from '../../text/url/url.js';
import type { CurrentRun, RunContext } from '../run-context.js';
import { checkRobots, loadRobots } from './robots/robots-gate.js';

/** Sites per run, and milliseconds per site. */
const MOST = { run: 5, ms: 20_000 };

/** `lost`: see `isLost`. Resolves with their new states, which it saves. */
export async function findMovedFeeds(
  lost: readonly Source[],
  states: ReadonlyMap<string, FetchState>,
  { settings, store, clock, reading: { fetcher, findFeed } }: RunContext,
  { pacing, options: { now }, signal }: CurrentRun,
): Promise<readonly FetchState[]> {
  if (findFeed === undefined) return [];
  const pages = lost.slice(0, MOST.run).map((source) => {
    const state = states.get(toFeedKey(source))!;
    const url = new URL('/', state.profile?.homeUrl ?? source.url).href;
    return { source, state, request: createPlainRequest(url, settings.fetch), failures: 0, robots: true };
  });
  const asking = { fetcher, clock, pacing, now, limits: settings.fetch, signal };
  const { allowed } = await checkRobots(pages, { ...asking, memory: await loadRobots(store) });
  const known = new Set(settings.sources.flatMap(listFeeds).map(({ url }) => urlKey(url)));
  const changed: FetchState[] = [];
  for (const page of pages) {
    const time = AbortSignal.timeout(MOST.ms);
    const found = !allowed.includes(page)
      ? null
      : await findFeed(page.request.url, AbortSignal.any([signal, time])).catch((error: unknown) => {
          if (signal.aborted || !time.aborted) throw error;
          return null;
        });
    changed.push({ ...page.state, proposedUrl: found === null || known.has(urlKey(found)) ? '' : found });
  }
  await store.saveFetches(changed);
  return changed;
}
