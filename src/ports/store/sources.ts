/** What the store keeps of sources, and what one read of a source changes. */
import type { Article, ArticleRef, ArticleText, TopicTag } from '../../model/article.js';
import type { DocumentSnapshot } from '../../model/document.js';
import type { ArticleKey } from '../../model/identity.js';
import type { FetchState, HostState, SourceId } from '../../model/source.js';

/** An article seen for the first time, not yet minted: no channel shows it. */
export interface NewArticle extends ArticleText {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly place: number;
  readonly publishedAt: Date;
  readonly publishedAtFrom: Article['publishedAtFrom'];
  readonly firstSeenAt: Date;
  readonly topics: readonly TopicTag[];
  readonly keys: readonly ArticleKey[];
  /** True where its guid may never become its id (duplicate, republished). */
  readonly mintOnly: boolean;
}

/** A known article as its source tells it now. */
export interface ChangedArticle extends ArticleText {
  readonly ref: ArticleRef;
  /** When a reader can see the change; null: nothing that readers see has changed (address, guid). */
  readonly updatedAt: Date | null;
  readonly topics: readonly TopicTag[];
}

/** What one read of one source changes. */
export interface SourceChanges {
  readonly added: readonly NewArticle[];
  readonly changed: readonly ChangedArticle[];
  readonly aliases: readonly { readonly ref: ArticleRef; readonly keys: readonly ArticleKey[] }[];
  /** Articles of another source that this one carries too. */
  readonly alsoIn: readonly ArticleRef[];
  /** `mark`: stays where it is, marked; `remove`: leaves every channel. */
  readonly withdrawn: readonly { readonly ref: ArticleRef; readonly at: Date; readonly policy: 'remove' | 'mark' }[];
  /** Withdrawn once, and back again. */
  readonly restored: readonly ArticleRef[];
  /** Which topics gave the tags: a fingerprint of the topic config. */
  readonly topicsFingerprint: string;
  /** What `documentSnapshot` gives from now on; null: nothing. */
  readonly snapshot: DocumentSnapshot | null | 'as before';
}

export interface SourceStore {
  fetchStates(): Promise<ReadonlyMap<SourceId, FetchState>>;
  hosts(): Promise<readonly HostState[]>;
  saveHosts(hosts: readonly HostState[]): Promise<void>;
  /**
   * State, validators and articles of one read, in one transaction; `changes` null: nothing but the state. Where it rejects,
   * nothing of this read was saved, and the store takes the next one.
   */
  saveFetch(state: FetchState, changes: SourceChanges | null): Promise<void>;
  saveFetches(states: readonly FetchState[]): Promise<void>;
  /**
   * What the source's last document held; null where nothing is kept of it, or where it would now be read otherwise: an
   * article of it is withdrawn, pruned or merged, or one of its names leads elsewhere.
   */
  documentSnapshot(id: SourceId): Promise<DocumentSnapshot | null>;
  /** Removes what is remembered of sources that are no longer configured; their articles stay. */
  forgetSources(ids: readonly SourceId[]): Promise<void>;
}
