/** Plans which article pages a run fetches: only those on the source's site, with limits per run, host and day. */
import type { Article } from '../../../model/article.js';
import { createPlainRequest, type FetchRequest } from '../../../model/fetch.js';
import type { HostState, Source, SourceFacts, SourceId } from '../../../model/source.js';
import { isFileHeld } from '../../../politeness/hosts.js';
import { findSite } from '../../../text/url/site-of.js';
import { type DueSource, queueKey } from '../../read/host-queue.js';

const ACCEPT = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';
/** Pages per run; per host in a run; per host and day (UTC). */
const MOST = { run: 200, host: 10, day: 200 };

export interface PageRequest extends DueSource {
  readonly article: Article;
}

export interface DayOfRequests {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly hosts: Readonly<Record<string, number>>;
}

export interface PlannedRequests {
  readonly requests: readonly PageRequest[];
  readonly elsewhere: readonly Article[];
  readonly today: DayOfRequests;
}

/** `before`: as of the last run; null: first run. Remaining articles wait for a later run. */
export function planRequests(
  articles: readonly Article[],
  sources: ReadonlyMap<SourceId, Source>,
  states: ReadonlyMap<SourceId, SourceFacts>,
  { before, held, now }: { before: DayOfRequests | null; held: ReadonlyMap<string, HostState>; now: Date },
): PlannedRequests {
  const day = now.toISOString().slice(0, 10);
  const hosts = new Map(before?.day === day ? Object.entries(before.hosts) : []);
  const inRun = new Map<string, number>();
  const requests: PageRequest[] = [];
  const elsewhere: Article[] = [];
  for (const article of articles) {
    const source = sources.get(article.sourceId);
    if (source === undefined) continue;
    if (article.url === null || !isOnSourceSite(article.url, source, states.get(source.id))) {
      elsewhere.push(article);
      continue;
    }
    const host = queueKey(article.url);
    const [ofRun, ofDay] = [inRun.get(host) ?? 0, hosts.get(host) ?? 0];
    const isFull = requests.length === MOST.run || ofRun === MOST.host || ofDay === MOST.day;
    if (isFull || isFileHeld(article.url, held, now)) continue;
    inRun.set(host, ofRun + 1);
    hosts.set(host, ofDay + 1);
    const request = { ...createPageRequest(article.url, source), accept: ACCEPT, robots: true as const };
    const failures = article.fullText?.failures ?? 0;
    requests.push({ source: { ...source, url: article.url }, request, failures, robots: true, article });
  }
  return { requests, elsewhere, today: { day, hosts: Object.fromEntries([...hosts].sort()) } };
}

/** Content permission covers the source's own site only. */
export function isOnSourceSite(
  url: string,
  { url: feedUrl }: Source,
  facts: Pick<SourceFacts, 'profile' | 'adoptedUrl'> | undefined,
): boolean {
  const site = findSite(url);
  const own = [feedUrl, facts?.profile?.homeUrl, facts?.adoptedUrl].flatMap((one) =>
    one == null ? [] : findSite(one),
  );
  return site !== null && own.includes(site);
}

/** Omits the feed's headers and credentials. Allows private addresses only on the feed's own host. */
export function createPageRequest(url: string, { url: feedUrl, proxy, ...source }: Source): FetchRequest {
  const isBeside = new URL(url).hostname === new URL(feedUrl).hostname;
  return createPlainRequest(url, { proxy, allowPrivateAddresses: source.allowPrivateAddresses && isBeside });
}
