/** Stores subscriptions at WebSub hubs. */
import type { Subscription } from '../../../model/outgoing/subscription.js';
import type { SubscriptionStore } from '../../../ports/store/subscriptions.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';

export function subscriptionMethods(db: Connection): Sync<SubscriptionStore> {
  return {
    subscriptions: () =>
      db.all<{ subscription: string }>('SELECT subscription FROM subscription ORDER BY token').map(fromRow),
    saveSubscription: (one) =>
      db.write(() => void db.run('REPLACE INTO subscription VALUES (?, ?)', one.token, JSON.stringify(one))),
    forgetSubscription: (token) => db.write(() => void db.run('DELETE FROM subscription WHERE token = ?', token)),
  };
}

function fromRow({ subscription }: { readonly subscription: string }): Subscription {
  const { askedAt, leaseUntil, pushedAt, ...rest } = JSON.parse(subscription);
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return { ...rest, askedAt: new Date(askedAt), leaseUntil: date(leaseUntil), pushedAt: date(pushedAt) };
}
