/** Which pages a run asks for: those on the sources' own sites, a few of each host a run and a day. */
import type { Article, FullTextOutcome } from '../../../model/article.js';
import { plainRequest } from '../../../model/fetch.js';
import type { HostState, Source, SourceFacts, SourceId } from '../../../model/source.js';
import { isFileHeld } from '../../../politeness/hosts.js';
import { siteOf } from '../../../text/url/site-of.js';
import { type DueSource, queueKey } from '../../read/host-queue.js';

const ACCEPT = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';
/** Pages in a run; of one host in a run, and in a day (UTC). */
const MOST = { run: 200, host: 10, day: 200 };

export interface PageRequest extends DueSource {
  readonly article: Article;
}

/** An article whose page is not asked for, and why. */
interface NotAsked {
  readonly article: Article;
  readonly outcome: Extract<FullTextOutcome, 'elsewhere'>;
}

/** How many pages each host was asked for on a day. */
export interface DayOfRequests {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly hosts: Readonly<Record<string, number>>;
}

export interface PlannedRequests {
  readonly requests: readonly PageRequest[];
  readonly notAsked: readonly NotAsked[];
  /** With these requests. */
  readonly today: DayOfRequests;
}

/** `before`: as of the last run; null: none was. What is in neither list waits for a later run. */
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
  const notAsked: NotAsked[] = [];
  for (const article of articles) {
    const source = sources.get(article.sourceId);
    if (source === undefined) continue;
    if (article.url === null || !isOnItsSite(article.url, source, states.get(source.id))) {
      notAsked.push({ article, outcome: 'elsewhere' });
      continue;
    }
    const host = queueKey(article.url);
    const [ofRun, ofDay] = [inRun.get(host) ?? 0, hosts.get(host) ?? 0];
    const isFull = requests.length === MOST.run || ofRun === MOST.host || ofDay === MOST.day;
    if (isFull || isFileHeld(article.url, held, now)) continue;
    inRun.set(host, ofRun + 1);
    hosts.set(host, ofDay + 1);
    requests.push(requestOf(article, article.url, source));
  }
  return { requests, notAsked, today: { day, hosts: Object.fromEntries([...hosts].sort()) } };
}

/** The licence is the source's: what lies elsewhere is another's, whatever the feed says. */
export function isOnItsSite(
  url: string,
  { url: feedUrl }: Source,
  facts: Pick<SourceFacts, 'profile' | 'adoptedUrl'> | undefined,
): boolean {
  const site = siteOf(url);
  const own = [feedUrl, facts?.profile?.homeUrl, facts?.adoptedUrl].flatMap((one) => (one == null ? [] : siteOf(one)));
  return site !== null && own.includes(site);
}

/** Nothing that is for the feed alone goes to the pages; private addresses only where the feed itself is on one. */
function requestOf(article: Article, url: string, source: Source): PageRequest {
  const isBeside = new URL(url).hostname === new URL(source.url).hostname;
  const allowPrivateAddresses = source.allowPrivateAddresses && isBeside;
  const plain = plainRequest(url, { proxy: source.proxy, allowPrivateAddresses });
  const request = { ...plain, accept: ACCEPT, robots: true as const };
  return { source: { ...source, url }, request, failures: article.fullText?.failures ?? 0, robots: true, article };
}
