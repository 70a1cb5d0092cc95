/** The next fetch state of a source after a document, a 304 or a failure. */
import type { CleanDocument } from '../model/document.js';
import type { NewsloomError } from '../model/errors.js';
import type { FetchResult, ResponseHeaders } from '../model/fetch.js';
import { reservationIn } from '../model/reservation.js';
import type { FetchState, HostState, Source } from '../model/source.js';
import { siteOf } from '../text/url/site-of.js';
import { renewedBy304 } from './conditional.js';
import { currentState, ownLine } from './decide-request.js';
import { freshMinutes } from './freshness.js';
import { isGivenUp, withHealth } from './health.js';
import { coolDownHost, isKnownLimiter, redirectedSource } from './hosts.js';
import { linkedHub } from './linked-hub.js';
import { addMinutes, MINUTES_PER_DAY, MINUTES_PER_HOUR, MINUTES_PER_WEEK, pseudoRandom } from './minutes.js';
import { noAiIn } from './page-reservations.js';
import { type DatedDocument, habitAfter } from './posting-habit.js';
import { isProven, type RedirectEvidence, rememberRedirect } from './redirects.js';
import { backOffMinutes, retryAfterMinutes } from './retry.js';
import { intervalMinutes, isFile } from './schedule.js';
import { outOfSkipped } from './skipped-times.js';

type Fresh = Extract<FetchResult, { kind: 'fresh' }>;
type NotModified = Extract<FetchResult, { kind: 'not-modified' }>;

/** Facts about a document that was read. */
export interface ReadFacts {
  readonly document: Omit<CleanDocument, 'drafts'> & DatedDocument;
  /** SHA-256 of the body, hex. */
  readonly bodyHash: string;
  /** Number of new articles. */
  readonly added: number;
  /** Whether it contained an article that we knew before. */
  readonly items: RedirectEvidence['items'];
}

/** A failed fetch, or a response that could not be read (with its status, headers and final address). */
export interface FetchFailure {
  readonly error: NewsloomError;
  readonly status: number | null;
  readonly headers: ResponseHeaders;
  readonly finalUrl: string;
}

/**
 * After a document was fetched and read. Validators are replaced as a whole (RFC 9111 3.2). `lastRead`, `guidsUnusable` and
 * `recurringPictures` stay unchanged: reading its items sets them.
 */
export function afterFresh(
  state: FetchState | null,
  source: Source,
  answer: Fresh,
  read: ReadFacts,
  now: Date,
): FetchState {
  const before = currentState(state, source);
  const { document } = read;
  const documentMinutes = longestWish([document.ttlMinutes, document.updateEveryMinutes]);
  const known: FetchState = {
    ...before,
    ...habitAfter(before, document, { partial: answer.partial, added: read.added }, now),
    // A truncated document may carry the validators of the whole: `afterNotModified` takes them if the same body comes a second time.
    validators: document.complete ? answer.validators : before.validators,
    bodyHash: read.bodyHash,
    documentMinutes,
    askedMinutes: longestWish([documentMinutes, freshMinutes(answer.headers)]),
    skipHours: document.skipHours,
    skipDays: document.skipDays,
    profile: document.profile,
    hub: linkedHub(answer.headers, answer.finalUrl) ?? document.hub ?? null,
    reservation: reservationIn(answer.headers) ?? noAiIn(answer.headers) ?? document.reservation ?? null,
    homeSince: sameHome(before.profile, document.profile) ? before.homeSince : now,
    ownAs: ownLine(source),
  };
  return succeeded(known, source, { hops: answer.hops, items: read.items }, now);
}

function sameHome(before: FetchState['profile'], now: FetchState['profile']): boolean {
  const site = (profile: FetchState['profile']) => (profile?.homeUrl == null ? null : siteOf(profile.homeUrl));
  return before !== null && (before.homeUrl === now?.homeUrl || site(before) === site(now));
}

/** After a 304, or a 200 with an unchanged body: only validators and freshness change. */
export function afterNotModified(
  state: FetchState | null,
  source: Source,
  answer: NotModified | Fresh,
  now: Date,
): FetchState {
  const before = currentState(state, source);
  const fresh = freshMinutes(answer.headers);
  const unsaid =
    answer.kind === 'not-modified' && answer.headers['cache-control'] === undefined && !answer.headers.expires;
  const known: FetchState = {
    ...before,
    validators: answer.kind === 'fresh' ? answer.validators : renewedBy304(before.validators, answer.validators),
    // RFC 9111 4.3.4: headers that a 304 omits keep their values.
    askedMinutes: unsaid ? before.askedMinutes : longestWish([before.documentMinutes, fresh]),
  };
  const items = answer.kind === 'fresh' && before.lastRead.length > 0 ? 'known' : 'unknown';
  return succeeded(known, source, { hops: answer.hops, items }, now);
}

/** After any failure: validators and body hash stay, the next attempt is later than `now`. `host`: the host's Retry-After period, if any. */
export function afterFailure(
  state: FetchState | null,
  source: Source,
  failure: FetchFailure,
  now: Date,
): { readonly state: FetchState; readonly host: HostState | null } {
  const before = currentState(state, source);
  const { status, error } = failure;
  const counted = withHealth(
    {
      ...before,
      lastAttemptAt: now,
      failures: before.failures + 1,
      gone: status === 410 ? before.gone + 1 : 0,
      blocked: isHostRefusal(failure) ? before.blocked + 1 : 0,
      error: { code: error.code, message: error.message, status },
    },
    now,
  );
  const wait = Math.max(
    backOffOf(counted, source, now),
    retryAfterMinutes(failure.headers, now) ?? 0,
    error.code === 'PARSE_TIMEOUT' ? MINUTES_PER_DAY : 0, // each attempt takes the time of many other sources
  );
  const next = {
    ...counted,
    adoptedUrl: counted.failures < LEAVE_ADOPTED_AFTER ? counted.adoptedUrl : null,
    nextAttemptAt: outOfSkipped(addMinutes(now, wait), counted),
  };
  return { state: next, host: hostAfter(source, failure, counted.blocked, now) };
}

/**
 * The host's period without requests after this failure; null: none. Retry-After of a 429 or 503 applies to the whole host; a 429 without
 * it, or repeated refusals by a rate limiter, give one hour. Of a host that a redirect led to, it applies to the redirected source alone:
 * else any source could shut out any host. Of a page or picture, its source is `filesAt`.
 */
export function hostAfter(
  { id, url }: Pick<Source, 'id' | 'url'>,
  failure: Omit<FetchFailure, 'error'>,
  blocked: number,
  now: Date,
): HostState | null {
  const { status, headers, finalUrl } = failure;
  if (status === null) return null;
  const asked = retryAfterMinutes(headers, now);
  const limited = status === 429 || (status === 403 && blocked > 1 && isKnownLimiter(headers));
  if (!limited && status !== 503) return null;
  const minutes = asked ?? (limited ? MINUTES_PER_HOUR : 0);
  if (minutes <= 0) return null;
  const host = coolDownHost(finalUrl);
  return { host: host === coolDownHost(url) ? host : redirectedSource(id), notBefore: addMinutes(now, minutes) };
}

/** Consecutive failures after which an adopted redirect is dropped for the configured address. */
const LEAVE_ADOPTED_AFTER = 3;

function succeeded(state: FetchState, source: Source, move: RedirectEvidence, now: Date): FetchState {
  const memory = rememberRedirect(state.redirect, move, now);
  const proven = memory !== null && isProven(memory, now);
  const well = withHealth(
    { ...state, failures: 0, gone: 0, blocked: 0, error: null, lastAttemptAt: now, lastSuccessAt: now },
    now,
  );
  return {
    ...well,
    adoptedUrl: proven ? memory.target : state.adoptedUrl,
    redirect: proven ? null : memory,
    nextAttemptAt: outOfSkipped(addMinutes(now, intervalMinutes(well, source, now)), well),
  };
}

/** Our own back-off for a failing source, in minutes. None for a file: it is read in every run. */
function backOffOf(state: FetchState, source: Source, now: Date): number {
  if (isFile(source)) return 1 / 60;
  if (isGivenUp(state.health)) return MINUTES_PER_WEEK;
  const interval = intervalMinutes(state, source, state.lastSuccessAt ?? now);
  return backOffMinutes(state.failures, interval, pseudoRandom(state.sourceId, now));
}

function isHostRefusal(failure: FetchFailure): boolean {
  return (
    failure.error.code === 'FETCH_BLOCKED' || failure.error.code === 'FETCH_RATE_LIMITED' || failure.status === 403
  );
}

/** The longest of these intervals in minutes, at most a day; null: none. */
function longestWish(wishes: readonly (number | null)[]): number | null {
  const most = Math.max(0, ...wishes.map((wish) => wish ?? 0));
  return most > 0 ? Math.min(most, MINUTES_PER_DAY) : null;
}
