/** What the store knows of articles: their names, their ids and what they say. */
import type { Article, ArticleId, ArticleRef, TopicTag } from '../../model/article.js';
import type { ArticleKey, KnownArticle, PendingArticle } from '../../model/identity.js';

export interface ArticleStore {
  /** The first of `count` numbers that no article has. */
  reserveRefs(count: number): Promise<ArticleRef>;
  /** Pending and withdrawn ones too, and what is left of pruned ones. A key leads to the article that got it last. */
  known(keys: readonly ArticleKey[]): Promise<readonly KnownArticle[]>;
  pending(): Promise<readonly PendingArticle[]>;
  /** Of these ids, those that an article (also one that was pruned) has. */
  takenIds(ids: readonly ArticleId[]): Promise<ReadonlySet<ArticleId>>;
  /**
   * Gives ids; a merged pending article becomes an alias of `into`, whose `alsoIn` gains its source, and `lastRead` of that
   * source names `into` instead.
   */
  mint(
    minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[],
    merged: readonly { readonly ref: ArticleRef; readonly into: ArticleRef }[],
  ): Promise<void>;

  /** In the order asked; pending, merged and pruned ones are left out. */
  articles(refs: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** What a channel may show of these, in the order asked: pruned ones too, but none that was withdrawn without being marked. */
  visibleArticles(refs: readonly ArticleRef[]): Promise<readonly Article[]>;
  /** Minted articles with a greater ref, ascending. */
  articlesAfter(ref: ArticleRef, limit: number): Promise<readonly Article[]>;
  find(idOrUrlKey: string): Promise<Article | null>;
  /** Minted and not pruned; withdrawn ones count. */
  countArticles(): Promise<number>;
  /** Minted articles whose tags another fingerprint gave, ascending by ref. */
  staleTags(fingerprint: string, after: ArticleRef, limit: number): Promise<readonly Article[]>;
  saveTags(
    tags: readonly { readonly ref: ArticleRef; readonly topics: readonly TopicTag[] }[],
    fingerprint: string,
  ): Promise<void>;
  /**
   * Removes articles first seen before `before`, save those among the newest `headItems` (default 50) of a channel; ids and
   * aliases outlive them, and so does what an archive document shows of them, their text apart. Returns how many.
   */
  prune(before: Date, headItems?: number): Promise<number>;
}
