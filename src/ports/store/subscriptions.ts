/** Subscriptions at WebSub hubs in the store. */
import type { Subscription } from '../../model/subscription.js';

export interface SubscriptionStore {
  subscriptions(): Promise<readonly Subscription[]>;
  /** Those with the same token are replaced. */
  saveSubscription(subscription: Subscription): Promise<void>;
  forgetSubscription(token: string): Promise<void>;
}
