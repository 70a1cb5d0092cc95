/** What an answer means for the next time: the state of a source after a document, a 304 or a failure. */
import type { CleanDocument } from '../model/document.js';
import type { NewsloomError } from '../model/errors.js';
import type { FetchResult, ResponseHeaders } from '../model/fetch.js';
import type { FetchState, HostState, Source } from '../model/source.js';
import { renewedBy304 } from './conditional.js';
import { currentState } from './decide-request.js';
import { freshMinutes } from './freshness.js';
import { isGivenUp, withHealth } from './health.js';
import { coolDownHost, isKnownLimiter } from './hosts.js';
import { addMinutes, DAY, HOUR, pseudoRandom, WEEK } from './minutes.js';
import { type DatedDocument, habitAfter } from './posting-habit.js';
import { isProven, type RedirectEvidence, rememberRedirect } from './redirects.js';
import { backOffMinutes, retryAfterMinutes } from './retry.js';
import { intervalMinutes, isFile } from './schedule.js';
import { outOfSkipped } from './skipped-times.js';

type Fresh = Extract<FetchResult, { kind: 'fresh' }>;
type NotModified = Extract<FetchResult, { kind: 'not-modified' }>;

/** What reading a fresh answer gave. */
export interface ReadFacts {
  readonly document: Omit<CleanDocument, 'drafts'> & DatedDocument;
  /** SHA-256 of the body, hex. */
  readonly bodyHash: string;
  /** How many articles were new. */
  readonly added: number;
  /** Whether it held an article that we knew before. */
  readonly items: RedirectEvidence['items'];
}

/** A failed fetch, or an answer that could not be read (then with the status, headers and final address of the answer). */
export interface FetchFailure {
  readonly error: NewsloomError;
  readonly status: number | null;
  readonly headers: ResponseHeaders;
  readonly finalUrl: string;
}

/**
 * After a document that was fetched and read. New validators are taken whole (RFC 9111 3.2). `lastRead` and `guidsUnusable` are left as they were: identifying articles decides those.
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
  const documentMinutes = longest([document.ttlMinutes, document.updateEveryMinutes]);
  const known: FetchState = {
    ...before,
    ...habitAfter(before, document, { partial: answer.partial, added: read.added }, now),
    // Half a document may have the validators of the whole: they are taken once the same half has come a second time.
    validators: document.complete ? answer.validators : before.validators,
    bodyHash: read.bodyHash,
    documentMinutes,
    askedMinutes: longest([documentMinutes, freshMinutes(answer.headers)]),
    skipHours: document.skipHours,
    skipDays: document.skipDays,
    profile: document.profile,
  };
  return succeeded(known, source, { hops: answer.hops, items: read.items }, now);
}

/** After a 304, or a 200 whose body is the one that we read last time: nothing is new but validators and freshness. */
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
    // RFC 9111 4.3.4: what a 304 does not say stands as it was.
    askedMinutes: unsaid ? before.askedMinutes : longest([before.documentMinutes, fresh]),
  };
  const items = answer.kind === 'fresh' && before.lastRead.length > 0 ? 'known' : 'unknown';
  return succeeded(known, source, { hops: answer.hops, items }, now);
}

/** After a failure of any kind: validators and body stay, the next attempt is later than `now`. `host` where the host asked to be left alone. */
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
      blocked: isRefusal(failure) ? before.blocked + 1 : 0,
      error: { code: error.code, message: error.message, status },
    },
    now,
  );
  const wait = Math.max(ownWait(counted, source, now), retryAfterMinutes(failure.headers, now) ?? 0);
  const next = {
    ...counted,
    adoptedUrl: counted.failures < LEAVE_ADOPTED_AFTER ? counted.adoptedUrl : null,
    nextAttemptAt: outOfSkipped(addMinutes(now, wait), counted),
  };
  return { state: next, host: hostAfter(failure, counted.blocked, now) };
}

/**
 * How long the whole host is left alone after this failure; null: not at all. 429 and 503 speak for the host where they say how
 * long; without that a 429, and a limiter that refuses again and again, hold it for an hour.
 */
export function hostAfter(failure: Omit<FetchFailure, 'error'>, blocked: number, now: Date): HostState | null {
  const { status, headers } = failure;
  if (status === null) return null;
  const asked = retryAfterMinutes(headers, now);
  const limited = status === 429 || (status === 403 && blocked > 1 && isKnownLimiter(headers));
  if (!limited && status !== 503) return null;
  const minutes = asked ?? (limited ? HOUR : 0);
  return minutes > 0 ? { host: coolDownHost(failure.finalUrl), notBefore: addMinutes(now, minutes) } : null;
}

/** A target that we adopted and that fails so often is left for the address that the editor wrote. */
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

/** Minutes until a failing source is tried again of our own will. A file costs nobody anything: the next run. */
function ownWait(state: FetchState, source: Source, now: Date): number {
  if (isFile(source)) return 1 / 60;
  if (isGivenUp(state.health)) return WEEK;
  const interval = intervalMinutes(state, source, state.lastSuccessAt ?? now);
  return backOffMinutes(state.failures, interval, pseudoRandom(state.sourceId, now));
}

function isRefusal(failure: FetchFailure): boolean {
  return (
    failure.error.code === 'FETCH_BLOCKED' || failure.error.code === 'FETCH_RATE_LIMITED' || failure.status === 403
  );
}

/** The longest of some wishes in minutes, at most a day; null where there is none. */
function longest(wishes: readonly (number | null)[]): number | null {
  const most = Math.max(0, ...wishes.map((wish) => wish ?? 0));
  return most > 0 ? Math.min(most, DAY) : null;
}
