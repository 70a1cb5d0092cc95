/** Sources in the store, the changes of one read, and subscriptions to WebSub hubs. */
import type { Article, ArticleRef, ArticleText, FullText, TopicTag } from '../../model/article.js';
import type { DocumentSnapshot } from '../../model/document.js';
import type { ArticleKey, NamedArticle } from '../../model/identity.js';
import type { FetchState, HostState, SourceId } from '../../model/source.js';
import type { Subscription } from '../../model/subscription.js';

type PlaceAndDates = Pick<Article, 'place' | 'publishedAt' | 'publishedAtFrom' | 'firstSeenAt'>;

/** A new article; not in any channel until it is minted. */
export interface NewArticle extends ArticleText, PlaceAndDates, Pick<Article, 'ref' | 'sourceId' | 'topics'> {
  readonly keys: readonly ArticleKey[];
  /** True: its guid cannot become its id (duplicate or republished). */
  readonly mintOnly: boolean;
  /** When to fetch its page for the full text; missing: never. */
  readonly fullTextDue?: Date;
  /** Result of fetching its page; missing: not fetched. */
  readonly fullText?: FullText;
}

export interface ChangedArticle extends ArticleText {
  readonly ref: ArticleRef;
  /** Time of a change visible to readers; null: only address or guid changed. */
  readonly updatedAt: Date | null;
  readonly topics: readonly TopicTag[];
  /** When to fetch the page again, or `forgotten` to delete its text; missing: unchanged. */
  readonly fullTextDue?: Date | 'forgotten';
}

/** An article that moves here from another source with its text, place and dates. The other source joins `alsoIn`. */
export interface ReclaimedArticle extends ChangedArticle, PlaceAndDates {
  /** Its headline has little in common with the other source's: it is announced even if that one was. */
  readonly isOtherNews?: boolean;
}

export interface SourceChanges {
  readonly added: readonly NewArticle[];
  readonly changed: readonly ChangedArticle[];
  readonly reclaimed: readonly ReclaimedArticle[];
  readonly aliases: readonly NamedArticle[];
  readonly alsoIn: readonly ArticleRef[];
  /** `mark`: stays in its channels, marked; `remove`: removed from all channels. */
  readonly withdrawn: readonly { readonly ref: ArticleRef; readonly at: Date; readonly policy: 'remove' | 'mark' }[];
  readonly restored: readonly ArticleRef[];
  /** Fingerprint of the topic config that assigned the tags. */
  readonly topicsFingerprint: string;
  /** The new document snapshot; null: deleted. */
  readonly snapshot: DocumentSnapshot | null | 'as before';
}

export interface SourceStore {
  fetchStates(): Promise<ReadonlyMap<SourceId, FetchState>>;
  hosts(): Promise<readonly HostState[]>;
  saveHosts(hosts: readonly HostState[]): Promise<void>;
  /** Saves the state and changes of one read in one transaction; `changes` null: only the state. A rejection saves nothing. */
  saveFetch(state: FetchState, changes: SourceChanges | null): Promise<void>;
  saveFetches(states: readonly FetchState[]): Promise<void>;
  /**
   * Snapshot of the source's last document; null: none, or no longer valid. It is invalid if one of its articles is withdrawn, pruned or
   * merged, or if one of its keys resolves to another article.
   */
  documentSnapshot(id: SourceId): Promise<DocumentSnapshot | null>;
  /** Deletes states and snapshots of these sources. Their articles stay. */
  forgetSources(ids: readonly SourceId[]): Promise<void>;
}

export interface SubscriptionStore {
  subscriptions(): Promise<readonly Subscription[]>;
  /** Replaces a subscription with the same token. */
  saveSubscription(subscription: Subscription): Promise<void>;
  forgetSubscription(token: string): Promise<void>;
}
