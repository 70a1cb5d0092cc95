/** Articles in the store: keys, ids and content. */
import type { Article, ArticleFacts, ArticleId, ArticleRef, TopicTag } from '../../model/article.js';
import type { ArticleEdits, HiddenReason } from '../../model/desk.js';
import type { ArticleKey, KnownArticle, NamedArticle, PendingArticle, PendingCredit } from '../../model/identity.js';
import type { SourceId } from '../../model/source.js';

export interface ArticleFilter {
  readonly source?: SourceId | undefined;
  /** `shown`: neither hidden nor withdrawn. */
  readonly state?: 'shown' | 'withdrawn' | HiddenReason['by'] | undefined;
  readonly since?: Date | undefined;
  /** Exclusive. */
  readonly until?: Date | undefined;
}

export interface ArticleStore {
  /** Reserves `count` consecutive refs and resolves with the first. */
  reserveRefs(count: number): Promise<ArticleRef>;
  /** Articles by key, including pending, withdrawn and pruned ones. A key resolves to the article that received it last. */
  findByKeys(keys: readonly ArticleKey[]): Promise<readonly KnownArticle[]>;
  pending(): Promise<readonly PendingArticle[]>;
  /** Ascending, with a ref above `after`. */
  pendingCredits(after: ArticleRef, limit: number): Promise<readonly PendingCredit[]>;
  /** Marks the documents that show these articles. */
  saveCredits(credits: readonly Omit<PendingCredit, 'sourceId'>[]): Promise<void>;
  /** Ids in use, also by pruned articles. */
  takenIds(ids: readonly ArticleId[]): Promise<ReadonlySet<ArticleId>>;
  /**
   * Assigns ids. A merged pending article becomes an alias of `into`: its source joins `alsoIn`, and its source's `lastRead` refers to
   * `into`. Removes the keys in `foreign` from these pending articles and adds those in `named`.
   */
  mint(
    minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[],
    merged: readonly { readonly ref: ArticleRef; readonly into: ArticleRef }[],
    foreign?: readonly NamedArticle[],
    named?: readonly NamedArticle[],
  ): Promise<void>;

  /** In the order of `refs`, without pending, merged and pruned articles. */
  articles(refs: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** `articles` without their texts; `all` includes pruned ones. */
  articleFacts(refs: readonly ArticleRef[], which?: 'kept' | 'all'): Promise<readonly ArticleFacts[]>;
  /** Articles that a channel may show, in the order of `refs`: includes pruned ones, and withdrawn ones only if marked. */
  visibleArticles(refs: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** Ids of articles that readers no longer see, or see marked as withdrawn. */
  unpublishedIds(): Promise<ReadonlySet<ArticleId>>;
  /** Without pruned articles; reads all of these, so only for rules that need it. */
  publishedSince(from: Date): Promise<readonly Pick<ArticleFacts, 'ref' | 'sourceId' | 'publishedAt'>[]>;
  nextArticles(ref: ArticleRef, limit: number): Promise<readonly Article[]>;
  /** Minted articles that match, the newest first; without pruned ones. */
  newestRefs(filter: ArticleFilter): Promise<readonly ArticleRef[]>;
  /** Those of `refs` whose stored row contains one spelling of each word. Also finds words in addresses and names of fields. */
  filterByText(refs: readonly ArticleRef[], words: readonly (readonly string[])[]): Promise<ReadonlySet<ArticleRef>>;
  /**
   * Adds a reason to hide articles, pending ones too; one reason per kind. Published ones leave a tombstone dated `at`. A takedown also
   * deletes the text permanently. Resolves with the articles whose visibility changed.
   */
  setHidden(refs: readonly ArticleRef[], reason: HiddenReason, at: Date): Promise<readonly ArticleRef[]>;
  /** Removes a reason. After a takedown, stays hidden (`lifted`) until the text is read again. Resolves like `setHidden`. */
  unsetHidden(refs: readonly ArticleRef[], by: HiddenReason['by']): Promise<readonly ArticleRef[]>;
  /** Wipes texts deleted by takedowns since the last call from free space in the store's files. Retried by the next call if it rejects. */
  eraseDeletedTexts(): Promise<void>;
  hiddenRefs(by: HiddenReason['by']): Promise<readonly ArticleRef[]>;
  /** Number of articles of each source hidden by each rule, whatever other reasons they have. */
  countDroppedByRules(): Promise<
    readonly { readonly sourceId: SourceId; readonly rule: string; readonly articles: number }[]
  >;
  /** Replaces the headlines set by rules; null: none. Marks all documents that show the articles. */
  saveHeadlines(headlines: readonly { readonly ref: ArticleRef; readonly title: string | null }[]): Promise<void>;
  /** Replaces the editor's changes and marks all documents that show the articles. Resolves with the number of changed articles. */
  saveEdits(edited: readonly { readonly ref: ArticleRef; readonly edits: ArticleEdits | null }[]): Promise<number>;
  /** Articles by id or `urlKey`, including pending and pruned ones. */
  findRefs(names: readonly string[]): Promise<ReadonlyMap<string, ArticleRef>>;
  find(idOrUrlKey: string): Promise<Article | null>;
  /** Number of minted articles, including withdrawn but not pruned ones. */
  countArticles(): Promise<number>;
  /** Minted articles tagged under another topics fingerprint, ascending by ref. */
  staleTags(fingerprint: string, after: ArticleRef, limit: number): Promise<readonly Article[]>;
  saveTags(
    tags: readonly { readonly ref: ArticleRef; readonly topics: readonly TopicTag[] }[],
    fingerprint: string,
  ): Promise<void>;
  /**
   * Prunes articles first seen before `before`, except the newest `headItems` (default 50) of each channel. Keeps their ids, aliases and
   * archive entries, without the text. Resolves with the number of pruned articles.
   */
  prune(before: Date, headItems?: number): Promise<number>;
}
