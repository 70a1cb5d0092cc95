/** Computes the next fetch state of a source after a document, a 304 or a failure. */
import type { CleanDocument } from '../model/document.js';
import type { NewsloomError } from '../model/errors.js';
import type { FetchFailed, FetchResult } from '../model/fetch.js';
import { readReservationHeaders } from '../model/reservation.js';
import type { FetchState, HostState, Source } from '../model/source.js';
import { findSite } from '../text/url/site-of.js';
import { mergeValidators } from './conditional.js';
import { resolveState, serializeReading } from './decide-request.js';
import { computeFreshMinutes } from './freshness.js';
import { isGivenUp, updateHealth } from './health.js';
import { coolDownHost, isKnownLimiter, toRedirectKey } from './hosts.js';
import { findLinkedHub } from './linked-hub.js';
import { addMinutes, MINUTES_PER_DAY, MINUTES_PER_HOUR, MINUTES_PER_WEEK, pseudoRandom } from './minutes.js';
import { findNoAi } from './page-reservations.js';
import { type DatedDocument, updateHabit } from './posting-habit.js';
import { isProven, type RedirectEvidence, rememberRedirect } from './redirects.js';
import { computeBackOffMinutes, parseRetryDelay } from './retry.js';
import { computeInterval, isFile } from './schedule.js';
import { findAllowedTime } from './skipped-times.js';

type Fresh = Extract<FetchResult, { kind: 'fresh' }>;
type NotModified = Extract<FetchResult, { kind: 'not-modified' }>;

export interface ReadFacts {
  readonly document: Omit<CleanDocument, 'drafts'> & DatedDocument;
  /** SHA-256 of the body, hex. */
  readonly bodyHash: string;
  readonly added: number;
  /** Whether the document contains a known article. */
  readonly items: RedirectEvidence['items'];
}

/** A failed fetch, or an unreadable response with its status, headers and final address. */
export interface FetchFailure extends Pick<FetchFailed, 'status' | 'headers' | 'finalUrl'> {
  readonly error: NewsloomError;
}

/** Replaces all validators (RFC 9111 3.2). `lastRead`, `guidsUnusable` and `recurringPictures` do not change here. */
export function applyFresh(
  state: FetchState | null,
  source: Source,
  answer: Fresh,
  read: ReadFacts,
  now: Date,
): FetchState {
  const before = resolveState(state, source);
  const { document } = read;
  const documentMinutes = selectLongestInterval([document.ttlMinutes, document.updateEveryMinutes]);
  const known: FetchState = {
    ...before,
    ...updateHabit(before, document, { partial: answer.partial, added: read.added }, now),
    // A truncated document may have the validators of the whole. `applyNotModified` keeps them if the same body comes
    // twice.
    validators: document.complete ? answer.validators : before.validators,
    bodyHash: read.bodyHash,
    documentMinutes,
    askedMinutes: selectLongestInterval([documentMinutes, computeFreshMinutes(answer.headers)]),
    skipHours: document.skipHours,
    skipDays: document.skipDays,
    profile: document.profile,
    hub: findLinkedHub(answer.headers, answer.finalUrl) ?? document.hub ?? null,
    reservation: readReservationHeaders(answer.headers) ?? findNoAi(answer.headers) ?? document.reservation ?? null,
    homeSince: isSameHome(before.profile, document.profile) ? before.homeSince : now,
    ownAs: serializeReading(source),
  };
  return applySuccess(known, source, { hops: answer.hops, items: read.items }, now);
}

function isSameHome(before: FetchState['profile'], now: FetchState['profile']): boolean {
  const site = (profile: FetchState['profile']) => (profile?.homeUrl == null ? null : findSite(profile.homeUrl));
  return before !== null && (before.homeUrl === now?.homeUrl || site(before) === site(now));
}

/** After a 304, or a 200 with an unchanged body: only validators and freshness change. */
export function applyNotModified(
  state: FetchState | null,
  source: Source,
  answer: NotModified | Fresh,
  now: Date,
): FetchState {
  const before = resolveState(state, source);
  const fresh = computeFreshMinutes(answer.headers);
  const hasNoFreshness =
    answer.kind === 'not-modified' && answer.headers['cache-control'] === undefined && !answer.headers.expires;
  const known: FetchState = {
    ...before,
    validators: answer.kind === 'fresh' ? answer.validators : mergeValidators(before.validators, answer.validators),
    // RFC 9111 4.3.4: headers that a 304 omits keep their values.
    askedMinutes: hasNoFreshness ? before.askedMinutes : selectLongestInterval([before.documentMinutes, fresh]),
  };
  const items = answer.kind === 'fresh' && before.lastRead.length > 0 ? 'known' : 'unknown';
  return applySuccess(known, source, { hops: answer.hops, items }, now);
}

/** Keeps validators and body hash. `host`: the host's Retry-After period, if any. */
export function applyFailure(
  state: FetchState | null,
  source: Source,
  failure: FetchFailure,
  now: Date,
): { readonly state: FetchState; readonly host: HostState | null } {
  const before = resolveState(state, source);
  const { status, error } = failure;
  const counted = updateHealth(
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
    computeBackOff(counted, source, now),
    parseRetryDelay(failure.headers, now) ?? 0,
    error.code === 'PARSE_TIMEOUT' ? MINUTES_PER_DAY : 0, // each attempt takes the time of many other sources
  );
  const next = {
    ...counted,
    adoptedUrl: counted.failures < MAX_ADOPTED_FAILURES ? counted.adoptedUrl : null,
    nextAttemptAt: findAllowedTime(addMinutes(now, wait), counted),
  };
  return { state: next, host: createHostHold(source, failure, counted.blocked, now) };
}

/**
 * The host's period without requests after this failure; null: none. Retry-After of a 429 or 503 applies to the whole
 * host. A 429 without it, or repeated refusals by a rate limiter, give one hour. After a redirect to another host, only
 * the redirected source waits, so that a source cannot block other hosts. Pages and pictures use `toFileSource`.
 */
export function createHostHold(
  { id, url }: Pick<Source, 'id' | 'url'>,
  failure: Omit<FetchFailure, 'error'>,
  blocked: number,
  now: Date,
): HostState | null {
  const { status, headers, finalUrl } = failure;
  if (status === null) return null;
  const requested = parseRetryDelay(headers, now);
  const limited = status === 429 || (status === 403 && blocked > 1 && isKnownLimiter(headers));
  if (!limited && status !== 503) return null;
  const minutes = requested ?? (limited ? MINUTES_PER_HOUR : 0);
  if (minutes <= 0) return null;
  const host = coolDownHost(finalUrl);
  return { host: host === coolDownHost(url) ? host : toRedirectKey(id), notBefore: addMinutes(now, minutes) };
}

/** Consecutive failures after which the configured address replaces an adopted redirect. */
const MAX_ADOPTED_FAILURES = 3;

function applySuccess(state: FetchState, source: Source, move: RedirectEvidence, now: Date): FetchState {
  const memory = rememberRedirect(state.redirect, move, now);
  const proven = memory !== null && isProven(memory, now);
  const well = updateHealth(
    { ...state, failures: 0, gone: 0, blocked: 0, error: null, lastAttemptAt: now, lastSuccessAt: now },
    now,
  );
  const { proposedUrl: _, ...found } = well;
  return {
    ...found,
    adoptedUrl: proven ? memory.target : state.adoptedUrl,
    redirect: proven ? null : memory,
    nextAttemptAt: findAllowedTime(addMinutes(now, computeInterval(well, source, now)), well),
  };
}

/** Back-off of a failing source, in minutes. Files have none: every run reads them. */
function computeBackOff(state: FetchState, source: Source, now: Date): number {
  if (isFile(source)) return 1 / 60;
  if (isGivenUp(state.health)) return MINUTES_PER_WEEK;
  const interval = computeInterval(state, source, state.lastSuccessAt ?? now);
  return computeBackOffMinutes(state.failures, interval, pseudoRandom(state.sourceId, now));
}

function isHostRefusal(failure: FetchFailure): boolean {
  return (
    failure.error.code === 'FETCH_BLOCKED' || failure.error.code === 'FETCH_RATE_LIMITED' || failure.status === 403
  );
}

/** The longest interval in minutes, at most a day; null: none. */
function selectLongestInterval(intervals: readonly (number | null)[]): number | null {
  const most = Math.max(0, ...intervals.map((interval) => interval ?? 0));
  return most > 0 ? Math.min(most, MINUTES_PER_DAY) : null;
}
