/** Fetches article pages of sources with `fetch: article`, within per-run limits. */
import { type Article, type ArticleRef, type FullText, type FullTextOutcome, isPaid } from '../../../model/article.js';
import { ParseError } from '../../../model/errors.js';
import type { FetchResult } from '../../../model/fetch.js';
import type { Settings } from '../../../model/settings.js';
import type { Source, SourceId } from '../../../model/source.js';
import { createHostHold } from '../../../politeness/after-fetch.js';
import { toFileSource } from '../../../politeness/hosts.js';
import { findPageReservation } from '../../../politeness/page-reservations.js';
import type { Clock } from '../../../ports/clock.js';
import type { Fetcher } from '../../../ports/fetcher.js';
import type { FoundFullText } from '../../../ports/store/full-texts.js';
import type { Store } from '../../../ports/store/store.js';
import { redactUrl } from '../../../text/url/redact-url.js';
import { bareHost } from '../../../text/url/url.js';
import type { SiteFacts } from '../../facts/site-ownership.js';
import { retag, type Tagging } from '../../facts/tagging.js';
import type { HostPacing } from '../../read/host-pacing.js';
import type { PageReader } from '../../read/reader/page-reader.js';
import type { ScheduledResponse } from '../../read/request-scheduler.js';
import { requestAllowed } from '../../read/robots/robots-redirects.js';
import { type DayOfRequests, type PageRequest, planRequests } from './page-requests.js';
import { checkReservations } from './reservation-gate.js';

export interface FullTextDeps {
  readonly settings: Pick<Settings, 'sources' | 'fetch'>;
  readonly store: Store;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly pages: PageReader;
  readonly tagging: Tagging;
  readonly clock: Clock;
  readonly pacing: HostPacing;
  warn(sourceId: SourceId, message: string): void;
}

const MOST_ARTICLES = 2_000;
/** Milliseconds per run. Remaining pages wait for the next run. */
const MOST_MS = 60_000;
const HOUR = 3_600_000;
/** Delays after failures; after the last one, the page is given up. */
const RETRY_DELAYS = [HOUR, 6 * HOUR];
/** Maximum wait: older articles are no longer in the heads of feeds. */
const LONGEST_WAIT = 72 * HOUR;
const FINAL = new Set(['FETCH_TOO_LARGE', 'FETCH_ENCODING', 'FETCH_REDIRECT', 'FETCH_FORBIDDEN', 'FETCH_ROBOTS']);

function sourcesWithPages(sources: readonly Source[]): ReadonlyMap<SourceId, Source> {
  const wanted = sources.filter(
    ({ articlePages, content, delisted }) => articlePages === true && content === 'full' && delisted !== true,
  );
  return new Map(wanted.map((source) => [source.id, source]));
}

/** Returns articles with a new visible text. Rejects with the signal's reason; received texts are kept. */
export async function learnFullTexts(
  deps: FullTextDeps,
  facts: SiteFacts,
  now: Date,
  signal: AbortSignal,
): Promise<readonly ArticleRef[]> {
  const { settings, store, pacing, tagging } = deps;
  const sources = sourcesWithPages(settings.sources);
  await store.dropDueFullTexts(new Date(now.getTime() - LONGEST_WAIT));
  const articles = await store.articles(await store.dueFullTexts(now, MOST_ARTICLES));
  if (articles.length === 0) return [];
  const held = new Map([...(await store.hosts()).map((host) => [host.host, host] as const), ...pacing.coolDowns]);
  const before: DayOfRequests | null = JSON.parse((await store.meta(REQUESTS)) ?? 'null');
  const { requests, elsewhere, today } = planRequests(articles, sources, facts, { before, held, now });
  const unwanted = articles.filter(({ sourceId }) => !sources.has(sourceId));
  const changed = [
    ...(await store.saveFullTexts(
      [
        ...unwanted.map(({ ref, fullText = null }) => ({ ref, fullText, due: null, topics: null })),
        ...elsewhere.map(({ ref, url }) => toSettled(ref, 'elsewhere', url && `${bareHost(url)} ${NOT_PROVED}`)),
      ],
      tagging.fingerprint,
    )),
  ];
  await store.saveMeta(REQUESTS, JSON.stringify(today));
  const time = AbortSignal.timeout(MOST_MS);
  try {
    await requestPages(requests, deps, { now, signal: AbortSignal.any([signal, time]) }, changed);
  } catch (error) {
    if (signal.aborted || !time.aborted) throw error;
  }
  return changed;
}

const REQUESTS = 'page-requests';
const NOT_PROVED = 'is not proved to be a site of this source; if it is, list it in `sites`';

async function requestPages(
  requests: readonly PageRequest[],
  deps: FullTextDeps,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
  changed: ArticleRef[],
): Promise<void> {
  const { settings, store, fetcher, clock, pacing, tagging } = deps;
  const asking = { fetcher, limits: settings.fetch, now, clock, pacing, signal };
  const gate = await checkReservations(requests, { ...asking, store });
  const save = async (found: readonly FoundFullText[]) => {
    if (found.length > 0)
      changed.push(...(await store.saveFullTexts(await retagTexts(found, deps), tagging.fingerprint)));
  };
  await save(
    gate.refused.map(({ page: { article }, outcome, detail }) =>
      outcome === 'failed' ? toFailed(article, detail, now) : toSettled(article.ref, outcome, detail),
    ),
  );
  const take = async (page: PageRequest, answer: ScheduledResponse) => {
    if (answer.kind === 'rate-limited') return;
    const host = answer.kind === 'failed' ? createHostHold(toFileSource(page.request.url), answer, 0, now) : null;
    if (host !== null) await store.saveHosts([host]);
    else await save([await readAnswer(page, answer, deps, now)]);
  };
  await requestAllowed(gate.allowed, { ...asking, memory: gate.robots, store }, take);
}

async function readAnswer(
  { article, source: { text } }: PageRequest,
  answer: FetchResult,
  { pages, warn }: Pick<FullTextDeps, 'pages' | 'warn'>,
  now: Date,
): Promise<FoundFullText> {
  const { ref, url } = article;
  if (answer.kind === 'not-modified') return toSettled(ref, 'failed', '304 to an unconditional request');
  if (answer.kind === 'failed') {
    const { error, status } = answer;
    const isFinal = FINAL.has(error.code) || (status !== null && status >= 400 && status < 500);
    const detail = status === null ? error.code : `${error.code}, HTTP ${status}`;
    return isFinal ? toSettled(ref, 'failed', detail) : toFailed(article, detail, now);
  }
  const { finalUrl, contentType, headers, body } = answer;
  if (hasMoved(url!, finalUrl)) return toSettled(ref, 'moved', new URL(finalUrl).host);
  if (!/^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? 'text/html'))
    return toSettled(ref, 'not-html', contentType);
  const feed = { summary: article.summary, contentHtml: selectFeedHtml(article) };
  try {
    const page = await pages.read({ body, page: { contentType, url: finalUrl, feed, text } });
    const reservation = findPageReservation(headers, page);
    if (reservation !== null) return toSettled(ref, 'reserved', reservation);
    if (page.outcome === 'no-article' && text?.select !== undefined) {
      warn(article.sourceId, `PARSE_NO_ITEMS: text.select "${text.select}" matches nothing in ${redactUrl(finalUrl)}`);
      return toSettled(ref, 'no-article', 'text.select matches nothing');
    }
    return { ...toSettled(ref, page.outcome), fullText: knownText(page.outcome, page.html, null) };
  } catch (error) {
    if (error instanceof ParseError) return toSettled(ref, 'failed', error.code);
    throw error;
  }
}

/** Another host has an unchecked robots.txt, and a home page is not an article. */
function hasMoved(from: string, to: string): boolean {
  const path = (url: string) => new URL(url).pathname;
  return bareHost(from) !== bareHost(to) || (path(to) === '/' && path(from) !== '/');
}

function knownText(outcome: FullTextOutcome, html: string | null, detail: string | null): FullText {
  return { outcome, html, detail, failures: 0 };
}

/** Not fetched again until its item changes. */
function toSettled(ref: ArticleRef, outcome: FullTextOutcome, detail: string | null = null): FoundFullText {
  return { ref, fullText: knownText(outcome, null, detail), due: null, topics: null };
}

/** Keeps the known text until the last attempt fails. */
function toFailed({ ref, fullText }: Article, detail: string, now: Date): FoundFullText {
  const failures = (fullText?.failures ?? 0) + 1;
  const wait = RETRY_DELAYS[failures - 1];
  if (wait === undefined) return toSettled(ref, 'failed', detail);
  const known: FullText = { outcome: 'failed', html: fullText?.html ?? null, detail, failures };
  return { ref, fullText: known, due: new Date(now.getTime() + wait), topics: null };
}

function selectFeedHtml({ contentHtml, feedHtml }: Article): string | null {
  return feedHtml === undefined ? contentHtml : feedHtml;
}

/** Topics follow the visible text. */
async function retagTexts(found: readonly FoundFullText[], { store, tagging }: FullTextDeps): Promise<FoundFullText[]> {
  const articles = new Map(
    (await store.articles(found.map(({ ref }) => ref))).map((article) => [article.ref, article]),
  );
  const tagger = await tagging.load();
  return found.map((one) => {
    const article = articles.get(one.ref);
    if (article === undefined) return one;
    const contentHtml = one.fullText?.html ?? selectFeedHtml(article);
    const isSame = contentHtml === article.contentHtml && isPaid(one.fullText) === isPaid(article.fullText);
    const known = one.fullText === null ? article : { ...article, fullText: one.fullText };
    return isSame ? one : { ...one, topics: retag(tagger, { ...known, contentHtml }) };
  });
}
