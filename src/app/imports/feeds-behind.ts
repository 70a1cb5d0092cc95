/** Finds the feeds behind the addresses of a plain list, which may be pages. */
import type { ImportedSource, LeftOutSetting } from '../../imports/imported-site.js';
import { isAddress } from '../../model/address.js';
import { NewsloomError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import { feedsOf } from '../../model/source-feeds.js';
import type { Fetcher } from '../../ports/fetcher.js';
import { redactUrl } from '../../text/url/redact-url.js';
import { urlKey } from '../../text/url/url.js';
import { createFinder, findFeed, isFeedless } from '../add-source/find-feed.js';
import { machineClock } from '../machine-clock.js';

interface FeedsBehind {
  /** In the order of the list, at the addresses of their feeds. */
  readonly sources: readonly (ImportedSource & { readonly named?: string })[];
  readonly leftOut: readonly LeftOutSetting[];
}

/** Hosts that are asked at once. */
const AT_ONCE = 8;

/** One request after another to each host; sources of the settings are not asked again. Rejects with the signal's reason. */
export async function feedsBehind(
  listed: readonly ImportedSource[],
  settings: Settings,
  signal: AbortSignal,
  done: (url: string) => void,
): Promise<FeedsBehind> {
  const fetcher = createFinder(settings);
  const known = new Set(settings.sources.flatMap(feedsOf).map(({ url }) => urlKey(url)));
  const found = new Map<ImportedSource, FeedsBehind>();
  for (const source of listed) if (known.has(urlKey(source.url))) found.set(source, { sources: [source], leftOut: [] });
  const waiting = byHost(listed.filter((source) => !found.has(source))).values();
  const askHosts = async () => {
    for (const ofHost of waiting)
      for (const [at, source] of ofHost.entries()) {
        if (at > 0) await machineClock.sleep(settings.fetch.spacingMs, signal);
        found.set(source, await feedBehind(source, fetcher, settings, signal));
        done(source.url);
      }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, askHosts));
  } finally {
    await fetcher.close();
  }
  const all = listed.flatMap((source) => found.get(source) ?? []);
  return { sources: all.flatMap(({ sources }) => sources), leftOut: all.flatMap(({ leftOut }) => leftOut) };
}

function byHost(listed: readonly ImportedSource[]): ImportedSource[][] {
  const groups = new Map<string, ImportedSource[]>();
  for (const source of listed) {
    const host = isAddress(source.url) ? new URL(source.url).host : '';
    groups.set(host, [...(groups.get(host) ?? []), source]);
  }
  return [...groups.values()];
}

async function feedBehind(
  source: ImportedSource,
  fetcher: Fetcher,
  settings: Settings,
  signal: AbortSignal,
): Promise<FeedsBehind> {
  const left = (why: string) => ({ sources: [], leftOut: [{ what: redactUrl(source.url), why }] });
  try {
    const feed = await findFeed(source.url, fetcher, settings, signal);
    if (isFeedless(feed)) return left('the page names no feed; "newsloom sources add" looks for a list in it');
    if ('json' in feed) return left('it is JSON, but no feed; "newsloom sources add" proposes how to read it');
    const title = source.title ?? feed.siteName ?? undefined;
    const named = feed.title === null ? {} : { named: feed.title };
    return { sources: [{ ...source, url: feed.url, ...(title !== undefined && { title }), ...named }], leftOut: [] };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof NewsloomError) return left(error.message);
    throw error;
  }
}
