/** Stores subscriptions to WebSub hubs. */
import type { Subscription } from '../../../model/subscription.js';
import type { SubscriptionStore } from '../../../ports/store/sources.js';
import { upsertRows } from '../bulk.js';
import type { Database } from '../database.js';

export function subscriptionMethods(db: Database): SubscriptionStore {
  return {
    subscriptions: async () => {
      const all = 'SELECT subscription FROM subscription ORDER BY token';
      return (await db.all<{ subscription: string }>(all)).map(toSubscription);
    },
    saveSubscription: (one) =>
      db.write(() => upsertRows(db, 'subscription', ['token'], ['subscription'], [[one.token, JSON.stringify(one)]])),
    forgetSubscription: (token) => db.write(async () => db.run('DELETE FROM subscription WHERE token = ?', token)),
  };
}

function toSubscription({ subscription }: { readonly subscription: string }): Subscription {
  const { askedAt, leaseUntil, pushedAt, ...rest } = JSON.parse(subscription);
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return { ...rest, askedAt: new Date(askedAt), leaseUntil: date(leaseUntil), pushedAt: date(pushedAt) };
}
