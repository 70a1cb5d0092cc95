/** Subscriptions at WebSub hubs. */

export interface Subscription {
  /** Unguessable, the last part of the callback address. */
  readonly token: string;
  /** The key of the feed's state (`toFeedKey`). */
  readonly feedId: string;
  readonly hub: string;
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
  /** `asked`: not yet verified by the hub. `left`: we unsubscribed, and the hub may still verify that. */
  readonly state: 'asked' | 'active' | 'denied' | 'left';
  readonly askedAt: Date;
  /** Consecutive requests that the hub did not accept. */
  readonly failures: number;
  /** End of the lease; null: never verified. */
  readonly leaseUntil: Date | null;
  /** The last notification by the hub; null: none. */
  readonly pushedAt: Date | null;
}
