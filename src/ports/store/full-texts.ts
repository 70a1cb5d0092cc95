/** Full texts from article pages, in the store. */
import type { ArticleRef, FullText, TopicTag } from '../../model/article.js';

/** Result of fetching an article's page. */
export interface FoundFullText {
  readonly ref: ArticleRef;
  /** null: not fetched, and nothing was known. */
  readonly fullText: FullText | null;
  /** Time of the next attempt; null: not before the feed's text of it changes. */
  readonly due: Date | null;
  /** Tags of the text shown now; null: unchanged. */
  readonly topics: readonly TopicTag[] | null;
}

export interface FullTextStore {
  /** Visible articles whose pages are due, newest first. */
  dueFullTexts(now: Date, limit: number): Promise<readonly ArticleRef[]>;
  /**
   * Marks the documents of articles whose text changed, without a new date and without rewriting full archive documents. `fingerprint`: the
   * topic config that assigned the tags. Resolves with the articles whose shown text changed.
   */
  saveFullTexts(found: readonly FoundFullText[], fingerprint: string): Promise<readonly ArticleRef[]>;
  /** Gives up on articles that have waited since before this time. */
  dropDueFullTexts(before: Date): Promise<void>;
}
