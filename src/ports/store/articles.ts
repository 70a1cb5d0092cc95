/** Articles in the store: keys, ids and content. */
import type { Article, ArticleFacts, ArticleId, ArticleRef, TopicTag } from '../../model/article.js';
import type { ArticleEdits, HiddenReason } from '../../model/desk.js';
import type { ArticleKey, KnownArticle, NamedArticle, PendingArticle, PendingCredit } from '../../model/identity.js';
import type { SourceId } from '../../model/source.js';

export interface ArticleStore {
  /** Reserves `count` consecutive refs and resolves with the first. */
  reserveRefs(count: number): Promise<ArticleRef>;
  /** Articles by key: pending, withdrawn and pruned ones too. A key leads to the article that got it last. */
  known(keys: readonly ArticleKey[]): Promise<readonly KnownArticle[]>;
  pending(): Promise<readonly PendingArticle[]>;
  pendingCredits(): Promise<readonly PendingCredit[]>;
  /** Of any articles; marks the documents that show them. */
  saveCredits(credits: readonly Omit<PendingCredit, 'sourceId'>[]): Promise<void>;
  /** Those of the ids that are in use, by pruned articles too. */
  takenIds(ids: readonly ArticleId[]): Promise<ReadonlySet<ArticleId>>;
  /**
   * Assigns ids. A merged pending article becomes an alias of `into`: its source is added to `alsoIn` of `into`, and `lastRead` of that
   * source refers to `into` instead. The keys in `foreign` no longer lead to these pending articles; those in `named` do.
   */
  mint(
    minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[],
    merged: readonly { readonly ref: ArticleRef; readonly into: ArticleRef }[],
    foreign?: readonly NamedArticle[],
    named?: readonly NamedArticle[],
  ): Promise<void>;

  /** In the order of `refs`, without pending, merged and pruned ones. */
  articles(refs: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** As `articles`, without their texts; `all`: pruned ones too. */
  articleFacts(refs: readonly ArticleRef[], which?: 'kept' | 'all'): Promise<readonly ArticleFacts[]>;
  /** Those that a channel may show, in the order of `refs`: pruned ones too, withdrawn ones only where they are marked. */
  visibleArticles(refs: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** Ids of all that no reader sees any more, or only marked as withdrawn. */
  goneArticles(): Promise<ReadonlySet<ArticleId>>;
  /** Minted articles with a greater ref, ascending. */
  articlesAfter(ref: ArticleRef, limit: number): Promise<readonly Article[]>;
  /**
   * Hides articles for one more reason (one of a kind), pending ones too. Those that readers saw leave a tombstone of `at`; a takedown also
   * forgets the text, which is then never saved again. Resolves with those whose visibility changed.
   */
  setHidden(refs: readonly ArticleRef[], reason: HiddenReason, at: Date): Promise<readonly ArticleRef[]>;
  /** Removes a reason. After a takedown the article stays hidden (`lifted`) until its text is read again. Resolves as `setHidden`. */
  unsetHidden(refs: readonly ArticleRef[], by: HiddenReason['by']): Promise<readonly ArticleRef[]>;
  /**
   * Where a takedown forgot a text since the last call: leaves nothing of it in unused parts of the store's files either. Where it rejects,
   * the next call does it.
   */
  eraseForgotten(): Promise<void>;
  /** All articles hidden for this reason, among others, ascending. */
  hiddenRefs(by: HiddenReason['by']): Promise<readonly ArticleRef[]>;
  /** How many articles of each source are hidden by each rule, for other reasons too or not. */
  droppedByRules(): Promise<
    readonly { readonly sourceId: SourceId; readonly rule: string; readonly articles: number }[]
  >;
  /** Replaces the headlines that rules give; null: none. Marks all documents that show the articles. */
  saveHeadlines(headlines: readonly { readonly ref: ArticleRef; readonly title: string | null }[]): Promise<void>;
  /** Replaces what the editor wrote over articles, and marks all documents that show them. Resolves with the number of those that changed. */
  saveEdits(edited: readonly { readonly ref: ArticleRef; readonly edits: ArticleEdits | null }[]): Promise<number>;
  /** The article of each id or `urlKey` that has one; pending and pruned ones too. */
  refsNamed(names: readonly string[]): Promise<ReadonlyMap<string, ArticleRef>>;
  find(idOrUrlKey: string): Promise<Article | null>;
  /** Number of minted articles, withdrawn ones included, pruned ones not. */
  countArticles(): Promise<number>;
  /** Minted articles tagged under another topics fingerprint, ascending by ref. */
  staleTags(fingerprint: string, after: ArticleRef, limit: number): Promise<readonly Article[]>;
  saveTags(
    tags: readonly { readonly ref: ArticleRef; readonly topics: readonly TopicTag[] }[],
    fingerprint: string,
  ): Promise<void>;
  /**
   * Prunes articles first seen before `before`, except those among the newest `headItems` (default 50) of a channel. Their ids and aliases
   * stay, and so does what an archive document shows of them except their text. Resolves with their number.
   */
  prune(before: Date, headItems?: number): Promise<number>;
}
