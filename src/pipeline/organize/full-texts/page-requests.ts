/** Plans which article pages a run fetches: only those of sites that the source has proved, with limits per run, host and day. */
import { listProvedHosts, toProvedHost } from '../../../identity/site-ownership.js';
import type { Article } from '../../../model/article.js';
import { createPlainRequest, type FetchRequest } from '../../../model/fetch.js';
import type { HostState, Source, SourceId } from '../../../model/source.js';
import { isFileHeld } from '../../../politeness/hosts.js';
import type { SiteFacts } from '../../facts/site-ownership.js';
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
  { states, ownership }: SiteFacts,
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
    if (article.url === null || !ownership.hasProved(source.id, article.url)) {
      const isUndecided = states.get(source.id)?.siteProofs?.some(({ isProved }) => isProved === null);
      if (isUndecided !== true) elsewhere.push(article);
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

/** Omits the feed's headers and credentials. Allows private addresses only on the feed's host and on listed ones. */
export function createPageRequest(url: string, { url: feedUrl, proxy, ...source }: Source): FetchRequest {
  const isListed = listProvedHosts(source.sites).includes(toProvedHost(url) ?? '');
  const isBeside = isListed || new URL(url).hostname === new URL(feedUrl).hostname;
  return createPlainRequest(url, { proxy, allowPrivateAddresses: source.allowPrivateAddresses && isBeside });
}
