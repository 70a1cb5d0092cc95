/** Subscriptions at WebSub hubs: who tells us that a source has changed. */

/** `asked`: the hub has not verified it yet. `left`: we ended it, which the hub may still want to verify. */
type SubscriptionState = 'asked' | 'active' | 'denied' | 'left';

export interface Subscription {
  /** Unguessable: the last part of the address that the hub calls. */
  readonly token: string;
  /** Of the source's feed, as `feedIdOf`. */
  readonly feedId: string;
  readonly hub: string;
  readonly topic: string;
  /** The address that the hub calls. */
  readonly callback: string;
  /** The key of the hub's signatures. */
  readonly secret: string;
  readonly state: SubscriptionState;
  readonly askedAt: Date;
  /** Consecutive requests that the hub did not take. */
  readonly failures: number;
  /** Until when it holds; null: it was never verified. */
  readonly leaseUntil: Date | null;
  /** When the hub last told of a change; null: it has not. */
  readonly pushedAt: Date | null;
}
