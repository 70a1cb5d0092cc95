/** Decides about subscriptions at WebSub hubs: when to request one, and when to rely on it. */

import type { FetchState, SourceHub } from '../model/source.js';
import type { Subscription } from '../model/subscription.js';
import { MINUTES_PER_DAY, MINUTES_PER_HOUR, minutesBetween } from './minutes.js';

/** The requested lease. Hubs may give another. */
export const LEASE_SECONDS = 10 * 86_400;
/** A longer lease is renewed after this time. */
const LONGEST_LEASE = 30 * MINUTES_PER_DAY;
/** Minutes before its end at which a lease is renewed, or a fifth of it. */
const RENEWAL_MINUTES = MINUTES_PER_DAY;
/** Minutes between two requests for one source, whatever its hub reports. */
const SHORTEST_GAP = 10 / 60;

/** `leave`: the source or its hub has changed, or polling has ended. */
export type SubscriptionStep = 'ask' | 'renew' | 'leave' | 'wait';

/** `hub` null: the source names none. `base`: the address of our callbacks. */
export function decideSubscription(
  known: Subscription | null,
  hub: SourceHub | null,
  base: string,
  now: Date,
): SubscriptionStep {
  if (known === null) return hub === null ? 'wait' : 'ask';
  if (hub === null || hub.url !== known.hub || hub.topic !== known.topic || !known.callback.startsWith(base))
    return 'leave';
  const sinceAsked = minutesBetween(known.askedAt, now);
  if (sinceAsked < -MINUTES_PER_HOUR) return 'renew'; // the clock was wrong then
  if (sinceAsked < Math.min(MINUTES_PER_HOUR * 2 ** known.failures, MINUTES_PER_DAY)) return 'wait';
  if (known.state === 'denied') return sinceAsked < MINUTES_PER_DAY ? 'wait' : 'renew';
  if (known.state !== 'active' || known.leaseUntil === null) return 'renew';
  const left = minutesBetween(now, known.leaseUntil);
  const lease = minutesBetween(known.askedAt, known.leaseUntil);
  return left < Math.min(RENEWAL_MINUTES, lease / 5) ? 'renew' : 'wait';
}

/** @param seconds from the hub; null: unknown. */
export function computeLeaseEnd(seconds: number | null, now: Date): Date {
  const minutes = Math.min((seconds ?? LEASE_SECONDS) / 60, LONGEST_LEASE);
  return new Date(now.getTime() + minutes * 60_000);
}

/** Minutes by which the newest article may be later than the hub's last push. */
const PUSH_TOLERANCE = MINUTES_PER_HOUR;

/** Whether the hub has pushed, and missed nothing since. Many publishers name a hub and never notify it. */
export function isReliable(
  { state, leaseUntil, pushedAt }: Pick<Subscription, 'state' | 'leaseUntil' | 'pushedAt'>,
  newestArticleAt: Date | null,
  now: Date,
): boolean {
  if (state !== 'active' || leaseUntil === null || pushedAt === null) return false;
  const left = minutesBetween(now, leaseUntil);
  const isMissed = newestArticleAt !== null && minutesBetween(pushedAt, newestArticleAt) > PUSH_TOLERANCE;
  // A longer lease comes from a wrong clock.
  return left > 0 && left <= LONGEST_LEASE && !isMissed;
}

/** Whether the hub pushed a change since the last request. `now`: start of the run; later pushes wait for the next. */
export function isPushed(
  subscription: Pick<Subscription, 'pushedAt'> | undefined,
  state: Pick<FetchState, 'lastAttemptAt'> | null,
  now: Date,
): boolean {
  const pushedAt = subscription?.pushedAt ?? null;
  if (pushedAt === null || pushedAt > now) return false;
  const last = state?.lastAttemptAt ?? null;
  return last === null || (pushedAt > last && minutesBetween(last, now) >= SHORTEST_GAP);
}
