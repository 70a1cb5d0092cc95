/** Decides whether a source may be requested now, and with which request. */
import type { FetchRequest } from '../model/fetch.js';
import type { FetchState, HostState, Source, Validators } from '../model/source.js';
import { feedIdOf } from '../model/source-feeds.js';
import { validatorsToSend } from './conditional.js';
import { mayTakeWaiting } from './daily-news.js';
import { hostHeldUntil, isHeld, redirectedSource } from './hosts.js';
import { addMinutes, MINUTES_PER_DAY, minutesBetween } from './minutes.js';
import { dueAt } from './schedule.js';
import { outOfSkipped } from './skipped-times.js';

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
  const known = currentState(state, source);
  const early = options.force ? null : tooEarly(known, source, now, options);
  if (early !== null) return early;
  const waits = mayTakeWaiting(known, source.perDay, now);
  const validators = waits ? null : validatorsToSend(known);
  const request = requestTo(known.adoptedUrl ?? source.url, validators, source);
  const held = heldUntil(source, [request.url, known.validators?.url ?? request.url], hosts, now);
  if (held !== null) return { kind: 'wait', until: held, why: 'host' };
  return { kind: 'ask', request, bodyHash: waits ? null : known.bodyHash };
}

/** A wait if not due, or in a skipped hour or day; else null. */
function tooEarly(
  known: FetchState,
  source: Source,
  now: Date,
  { runEvery, isSubscribed = false }: DecisionOptions,
): RequestDecision | null {
  const due = isAhead(known.lastAttemptAt, now) ? null : dueWithHub(known, source, { runEvery, isSubscribed });
  if (due !== null && due > now) return { kind: 'wait', until: outOfSkipped(due, known), why: 'not-due' };
  const open = outOfSkipped(now, known);
  return open > now ? { kind: 'wait', until: open, why: 'skipped' } : null;
}

/** As `computeDueTime`, but once a day with a reliable hub. */
export function dueWithHub(
  known: FetchState,
  source: Source,
  { runEvery, isSubscribed = false }: Pick<DecisionOptions, 'runEvery' | 'isSubscribed'>,
): Date | null {
  const due = dueAt(known, source, runEvery);
  const wellRead = isSubscribed && known.failures === 0 && known.lastAttemptAt !== null;
  if (due === null || !wellRead) return due;
  return new Date(Math.max(due.getTime(), addMinutes(known.lastAttemptAt, MINUTES_PER_DAY).getTime()));
}

/** Minutes by which two correct clocks may differ. */
const DRIFT = 10;

/** A clock set back since the last attempt makes stored times invalid. */
function isAhead(lastAttemptAt: Date | null, now: Date): boolean {
  return lastAttemptAt !== null && minutesBetween(now, lastAttemptAt) > DRIFT;
}

/**
 * Resets the state if the configured address changed. Drops the validators if the next response must bring the whole
 * text, because the licence or the reading options changed.
 */
export function currentState(
  state: FetchState | null,
  source: Pick<Source, 'id' | 'feedId' | 'url' | 'content' | 'own' | 'reading'>,
): FetchState {
  if (state === null || state.configuredUrl !== source.url) return newState(source);
  const partly = source.content === 'full' && state.readAs !== null && state.readAs !== 'full';
  const isStale = partly || state.ownAs !== ownLine(source);
  return isStale ? { ...state, validators: null, bodyHash: null } : state;
}

/** For `FetchState.ownAs`. */
export function ownLine({ own, reading }: Pick<Source, 'own' | 'reading'>): string | null {
  const options = own ?? reading;
  return options === undefined ? null : JSON.stringify(options);
}

function newState(source: Pick<Source, 'id' | 'feedId' | 'url'>): FetchState {
  return {
    sourceId: feedIdOf(source),
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
    errorSetting: null,
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
    newsByDay: [],
    newsWaitsUntil: null,
    images: [],
    ownAs: null,
  };
}

/** The source's headers are only sent to its configured origin, not to a redirect elsewhere. */
export function requestTo(url: string, validators: Validators | null, source: Source): FetchRequest {
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
function heldUntil(
  { id }: Source,
  urls: readonly string[],
  hosts: ReadonlyMap<string, HostState>,
  now: Date,
): Date | null {
  if (hosts.size === 0) return null;
  const own = hosts.get(redirectedSource(id));
  const ends = [
    own !== undefined && isHeld(own, now) ? own.notBefore : null,
    ...urls.map((url) => hostHeldUntil(url, hosts, now)),
  ];
  const latest = Math.max(...ends.map((end) => end?.getTime() ?? 0));
  return latest > now.getTime() ? new Date(latest) : null;
}
