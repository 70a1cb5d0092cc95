/** Requests the home pages that decide for which sites sources may speak: a page proves a feed that it names. */
import { toProvedHost } from '../../identity/site-ownership.js';
import type { FetchResult } from '../../model/fetch.js';
import type { SiteProof, Source, SourceFacts, SourceId } from '../../model/source.js';
import { discoverFeeds } from '../../parse/discover.js';
import { createHostHold } from '../../politeness/after-fetch.js';
import { isFileHeld, toFileSource } from '../../politeness/hosts.js';
import type { Store } from '../../ports/store/store.js';
import type { DueSource } from '../read/host-queue.js';
import type { ScheduledResponse } from '../read/request-scheduler.js';
import { checkRobots, loadRobots } from '../read/robots/robots-gate.js';
import { requestAllowed } from '../read/robots/robots-redirects.js';
import type { CurrentRun, RunContext, SourceStates } from '../run-context.js';
import { createPageRequest } from './full-texts/page-requests.js';

const DAY = 86_400_000;
/** Until the same page is requested again; after a failure, a day. */
const PROOF_DAYS = 30;
/** Pages and milliseconds per run. Hosts per source in `PROOF_DAYS`, because a feed chooses its home page. */
const MOST = { run: 20, ms: 20_000, hosts: 5 };
const PAGE = { accept: 'text/html, */*;q=0.1', most: 256 * 1024, part: 'beginning' } as const;

interface FrontPage extends DueSource {
  readonly host: string;
  readonly feeds: readonly string[];
  /** Those that are still valid, and the last one of this host. */
  readonly before: readonly SiteProof[];
}

/** Requires that all sources are read. Saves the proofs and returns the states with them. */
export async function proveSites(
  unproved: readonly Source[],
  states: SourceStates,
  { settings, store, clock, reading: { fetcher } }: RunContext,
  { pacing, options: { now }, signal }: CurrentRun,
): Promise<SourceStates> {
  const held = new Map([...(await store.hosts()).map((host) => [host.host, host] as const), ...pacing.coolDowns]);
  const due = unproved.flatMap((source) => createFrontPage(source, states.get(source.id)!, now));
  const pages = due.filter(({ request }) => !isFileHeld(request.url, held, now)).slice(0, MOST.run);
  const proofs = new Map<SourceId, readonly SiteProof[]>();
  const take = async (page: FrontPage, answer: ScheduledResponse) => {
    if (answer.kind === 'rate-limited') return;
    const hold = answer.kind === 'failed' ? createHostHold(toFileSource(page.request.url), answer, 0, now) : null;
    if (hold !== null) await store.saveHosts([hold]);
    const others = page.before.filter(({ host }) => host !== page.host);
    proofs.set(page.source.id, [...others, judgeAnswer(page, answer, now)]);
  };
  const time = AbortSignal.timeout(MOST.ms);
  const asking = { fetcher, clock, pacing, now, limits: settings.fetch, signal: AbortSignal.any([signal, time]) };
  try {
    const gate = await checkRobots(pages, { ...asking, memory: await loadRobots(store) });
    for (const { due, answer } of gate.refused) await take(due, answer);
    await requestAllowed(gate.allowed, { ...asking, memory: gate.memory, store }, take);
  } catch (error) {
    if (signal.aborted || !time.aborted) throw error;
  }
  await saveProofs(proofs, store);
  const known = (id: SourceId) => proofs.has(id) && { siteProofs: proofs.get(id)! };
  return new Map([...states].map(([id, state]) => [id, { ...state, ...known(id) }]));
}

/** The front page of the host that the feed calls its home: other pages may show what strangers wrote. */
function createFrontPage(source: Source, { profile, siteProofs = [] }: SourceFacts, now: Date): FrontPage[] {
  const url = new URL('/', profile!.homeUrl!).href;
  const host = toProvedHost(url);
  const valid = siteProofs.filter(({ until }) => until > now.getTime());
  if (host === null || valid.some((proof) => proof.host === host) || valid.length >= MOST.hosts) return [];
  const before = siteProofs.filter((proof) => valid.includes(proof) || proof.host === host);
  const feeds = [source.url, ...(source.moreFeeds ?? [])].map(toFeedAddress);
  const request = { ...createPageRequest(url, source), file: PAGE, robots: true as const };
  return [{ source: { ...source, url }, request, failures: 0, robots: true, host, feeds, before }];
}

function judgeAnswer(page: FrontPage, answer: FetchResult, now: Date): SiteProof {
  const { host, before } = page;
  const status = answer.kind === 'failed' && answer.error.code !== 'FETCH_ROBOTS' ? (answer.status ?? 500) : 200;
  if (status < 500 && status !== 429)
    return { host, isProved: namesFeed(page, answer), until: now.getTime() + PROOF_DAYS * DAY };
  const last = before.find((proof) => proof.host === host)?.isProved ?? null;
  return { host, isProved: last, until: now.getTime() + DAY };
}

/** Only the configured addresses count: a feed can redirect to another publication's. */
function namesFeed({ host, feeds }: FrontPage, answer: FetchResult): boolean {
  if (answer.kind !== 'fresh' || toProvedHost(answer.finalUrl) !== host) return false;
  const named = discoverFeeds(cutHead(Buffer.from(answer.body).toString('utf8')), answer.finalUrl);
  return named.some(({ url, type }) => type !== null && feeds.includes(toFeedAddress(url)));
}

/** Strangers may write into the body of a page, and into parts that browsers do not show. */
function cutHead(html: string): string {
  const end = html.search(/<body[\s>]|<\/head\s*>/i);
  return (end < 0 ? html : html.slice(0, end)).replace(/<(template|noscript)\b[\s\S]*?<\/\1\s*>/gi, '');
}

/** Ignores only how a site spells its own addresses. */
function toFeedAddress(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`;
}

/** A source with a new proof is read whole again, because it may take over articles that others claimed. */
async function saveProofs(proofs: ReadonlyMap<SourceId, readonly SiteProof[]>, store: Store): Promise<void> {
  const changed = [...(await store.fetchStates()).values()].flatMap((state) => {
    const siteProofs = proofs.get(state.sourceId);
    const isProved = siteProofs?.at(-1)?.isProved === true;
    return siteProofs === undefined
      ? []
      : { ...state, siteProofs, ...(isProved && { validators: null, bodyHash: null }) };
  });
  await store.saveFetches(changed);
}
