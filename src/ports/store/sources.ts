/** Sources in the store, the changes of one read, and subscriptions at WebSub hubs. */
import type { Article, ArticleRef, ArticleText, FullText, TopicTag } from '../../model/article.js';
import type { DocumentSnapshot } from '../../model/document.js';
import type { ArticleKey, NamedArticle } from '../../model/identity.js';
import type { FetchState, HostState, SourceId } from '../../model/source.js';
import type { Subscription } from '../../model/subscription.js';

/** An article seen for the first time; not in any channel until it is minted. */
export interface NewArticle extends ArticleText {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly place: number;
  readonly publishedAt: Date;
  readonly publishedAtFrom: Article['publishedAtFrom'];
  readonly firstSeenAt: Date;
  readonly topics: readonly TopicTag[];
  readonly keys: readonly ArticleKey[];
  /** True: its guid must not become its id (duplicate or republished). */
  readonly mintOnly: boolean;
  /** When its page may be asked for its text; missing: it is not. */
  readonly fullTextDue?: Date;
  /** What is known of its page; missing: it was not asked for. */
  readonly fullText?: FullText;
}

/** New content of a known article. */
export interface ChangedArticle extends ArticleText {
  readonly ref: ArticleRef;
  /** Time of a change that readers can see; null: only address or guid changed. */
  readonly updatedAt: Date | null;
  readonly topics: readonly TopicTag[];
  /** What becomes of the text of its page: it is asked for again from this time on, or forgotten; missing: it stays. */
  readonly fullTextDue?: Date | 'forgotten';
}

/** Another source's article that is this one's from now on, with its text, place and dates; the other is added to `alsoIn`. */
export interface ReclaimedArticle extends ChangedArticle {
  readonly place: number;
  readonly publishedAt: Date;
  readonly publishedAtFrom: Article['publishedAtFrom'];
  readonly firstSeenAt: Date;
}

/** The changes of one read of one source. */
export interface SourceChanges {
  readonly added: readonly NewArticle[];
  readonly changed: readonly ChangedArticle[];
  readonly reclaimed: readonly ReclaimedArticle[];
  readonly aliases: readonly NamedArticle[];
  /** Articles of other sources that this one carries too. */
  readonly alsoIn: readonly ArticleRef[];
  /** `mark`: stays in its channels, marked; `remove`: removed from all channels. */
  readonly withdrawn: readonly { readonly ref: ArticleRef; readonly at: Date; readonly policy: 'remove' | 'mark' }[];
  /** Withdrawn articles that are back in the document. */
  readonly restored: readonly ArticleRef[];
  /** Fingerprint of the topic config that the tags were assigned under. */
  readonly topicsFingerprint: string;
  /** The new document snapshot; null: deleted. */
  readonly snapshot: DocumentSnapshot | null | 'as before';
}

export interface SourceStore {
  fetchStates(): Promise<ReadonlyMap<SourceId, FetchState>>;
  hosts(): Promise<readonly HostState[]>;
  saveHosts(hosts: readonly HostState[]): Promise<void>;
  /**
   * Saves the state and the changes of one read in one transaction; `changes` null: only the state. Where it rejects, nothing of this read
   * is saved, and the store stays usable.
   */
  saveFetch(state: FetchState, changes: SourceChanges | null): Promise<void>;
  saveFetches(states: readonly FetchState[]): Promise<void>;
  /**
   * The snapshot of the source's last document; null: none is stored, or it is no longer valid: one of its articles is withdrawn, pruned or
   * merged, or one of its keys leads to another article.
   */
  documentSnapshot(id: SourceId): Promise<DocumentSnapshot | null>;
  /** Deletes the states and snapshots of these sources; their articles stay. */
  forgetSources(ids: readonly SourceId[]): Promise<void>;
}

export interface SubscriptionStore {
  subscriptions(): Promise<readonly Subscription[]>;
  /** Those with the same token are replaced. */
  saveSubscription(subscription: Subscription): Promise<void>;
  forgetSubscription(token: string): Promise<void>;
}
