/** Decides whether a source may be requested now, and with which request. */
import type { FetchRequest } from '../model/fetch.js';
import type { FetchState, HostState, Source, Validators } from '../model/source.js';
import { toFeedKey } from '../model/source-feeds.js';
import { selectValidators } from './conditional.js';
import { canTakeWaiting } from './daily-news.js';
import { findHostHold, isHeld, toRedirectKey } from './hosts.js';
import { addMinutes, MINUTES_PER_DAY, minutesBetween } from './minutes.js';
import { computeDueTime } from './schedule.js';
import { findAllowedTime } from './skipped-times.js';

export type RequestDecision =
  | {
      readonly kind: 'ask';
      readonly request: FetchRequest;
      /** Hash of the known document, to detect an equal one; null: none, or an equal one must be read. */
      readonly bodyHash: string | null;
    }
  | { readonly kind: 'wait'; readonly until: Date; readonly why: 'not-due' | 'skipped' | 'host' };

export interface DecisionOptions {
  /** Ignores due times, back-off and skipHours/skipDays, but not Retry-After. */
  readonly force: boolean;
  /** Minutes since the previous run; null: unknown. Jitter needs frequent runs. */
  readonly runEvery: number | null;
  /** A reliable hub reports changes, so one request a day suffices without a push. */
  readonly isSubscribed?: boolean;
}

/** `state` null: never requested. `hosts`: by `coolDownHost`. */
export function decideRequest(
  state: FetchState | null,
  source: Source,
  hosts: ReadonlyMap<string, HostState>,
  now: Date,
  options: DecisionOptions,
): RequestDecision {
  const known = resolveState(state, source);
  const early = options.force ? null : checkDueTime(known, source, now, options);
  if (early !== null) return early;
  const waits = canTakeWaiting(known, source.perDay, now);
  const validators = waits ? null : selectValidators(known);
  const request = createRequest(known.adoptedUrl ?? source.url, validators, source);
  const held = findHoldEnd(source, [request.url, known.validators?.url ?? request.url], hosts, now);
  if (held !== null) return { kind: 'wait', until: held, why: 'host' };
  return { kind: 'ask', request, bodyHash: waits ? null : known.bodyHash };
}

/** A wait if not due, or in a skipped hour or day; else null. */
function checkDueTime(
  known: FetchState,
  source: Source,
  now: Date,
  { runEvery, isSubscribed = false }: DecisionOptions,
): RequestDecision | null {
  const due = isClockSetBack(known.lastAttemptAt, now)
    ? null
    : computeHubDueTime(known, source, { runEvery, isSubscribed });
  if (due !== null && due > now) return { kind: 'wait', until: findAllowedTime(due, known), why: 'not-due' };
  const open = findAllowedTime(now, known);
  return open > now ? { kind: 'wait', until: open, why: 'skipped' } : null;
}

/** As `computeDueTime`, but once a day with a reliable hub. */
export function computeHubDueTime(
  known: FetchState,
  source: Source,
  { runEvery, isSubscribed = false }: Pick<DecisionOptions, 'runEvery' | 'isSubscribed'>,
): Date | null {
  const due = computeDueTime(known, source, runEvery);
  const wellRead = isSubscribed && known.failures === 0 && known.lastAttemptAt !== null;
  if (due === null || !wellRead) return due;
  return new Date(Math.max(due.getTime(), addMinutes(known.lastAttemptAt, MINUTES_PER_DAY).getTime()));
}

/** Minutes by which two correct clocks may differ. */
const DRIFT = 10;

/** A clock set back since the last attempt makes stored times invalid. */
function isClockSetBack(lastAttemptAt: Date | null, now: Date): boolean {
  return lastAttemptAt !== null && minutesBetween(now, lastAttemptAt) > DRIFT;
}

/**
 * Resets the state if the configured address changed. Drops the validators if the next response must bring the whole
 * text, because the licence or the reading options changed.
 */
export function resolveState(
  state: FetchState | null,
  source: Pick<Source, 'id' | 'feedId' | 'url' | 'content' | 'own' | 'reading'>,
): FetchState {
  if (state === null || state.configuredUrl !== source.url) return createState(source);
  const partly = source.content === 'full' && state.readAs !== null && state.readAs !== 'full';
  const isStale = partly || state.ownAs !== serializeReading(source);
  return isStale ? { ...state, validators: null, bodyHash: null } : state;
}

/** For `FetchState.ownAs`. */
export function serializeReading({ own, reading }: Pick<Source, 'own' | 'reading'>): string | null {
  const options = own ?? reading;
  return options === undefined ? null : JSON.stringify(options);
}

function createState(source: Pick<Source, 'id' | 'feedId' | 'url'>): FetchState {
  return {
    sourceId: toFeedKey(source),
    configuredUrl: source.url,
    adoptedUrl: null,
    redirect: null,
    validators: null,
    bodyHash: null,
    readAs: null,
    lastAttemptAt: null,
    lastSuccessAt: null,
    nextAttemptAt: null,
    failures: 0,
    gone: 0,
    blocked: 0,
    health: 'new',
    healthSince: null,
    error: null,
    askedMinutes: null,
    documentMinutes: null,
    skipHours: [],
    skipDays: [],
    recentDates: [],
    oldestItemAt: null,
    newestArticleAt: null,
    profile: null,
    homeSince: null,
    lastRead: [],
    guidsUnusable: false,
    recurringPictures: [],
    commonParameters: null,
    titleEnding: null,
    usualLanguage: null,
    newsByDay: [],
    newsWaitsUntil: null,
    images: [],
    ownAs: null,
  };
}

/** The source's headers are only sent to its configured origin, not to a redirect elsewhere. */
export function createRequest(url: string, validators: Validators | null, source: Source): FetchRequest {
  const sameOrigin = url === source.url || new URL(url).origin === new URL(source.url).origin;
  return {
    url,
    validators,
    headers: sameOrigin ? source.headers : {},
    proxy: source.proxy,
    allowPrivateAddresses: source.allowPrivateAddresses,
    ...(source.secrets && { secrets: source.secrets }),
    ...(source.reading?.robots === true && { robots: true as const }),
    ...(source.reading?.accept != null && { accept: source.reading.accept }),
  };
}

/** End of the Retry-After period of the requested host, of the last responding one, or of this source; null: none. */
function findHoldEnd(
  { id }: Source,
  urls: readonly string[],
  hosts: ReadonlyMap<string, HostState>,
  now: Date,
): Date | null {
  if (hosts.size === 0) return null;
  const own = hosts.get(toRedirectKey(id));
  const ends = [
    own !== undefined && isHeld(own, now) ? own.notBefore : null,
    ...urls.map((url) => findHostHold(url, hosts, now)),
  ];
  const latest = Math.max(...ends.map((end) => end?.getTime() ?? 0));
  return latest > now.getTime() ? new Date(latest) : null;
}
