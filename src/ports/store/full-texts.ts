/** The texts of articles' own pages in the store. */
import type { ArticleRef, FullText, TopicTag } from '../../model/article.js';

/** What became of asking for the page of an article. */
export interface FoundFullText {
  readonly ref: ArticleRef;
  /** null: it is not asked for after all, and nothing was known. */
  readonly fullText: FullText | null;
  /** When it is asked for again; null: not before its feed has another text of it. */
  readonly due: Date | null;
  /** Of the text that is shown now; null: they stay. */
  readonly topics: readonly TopicTag[] | null;
}

export interface FullTextStore {
  /** Visible articles whose pages may be asked for by now, newest first. */
  fullTextsDue(now: Date, limit: number): Promise<readonly ArticleRef[]>;
  /**
   * What is shown of an article changes without a new date: its documents are marked, full archive documents stay as they are.
   * `fingerprint`: of the topic config that the tags were assigned under. Resolves with those whose shown text is another now.
   */
  saveFullTexts(found: readonly FoundFullText[], fingerprint: string): Promise<readonly ArticleRef[]>;
  /** Those that have waited since before this time are not asked for any more. */
  dropFullTextsDue(before: Date): Promise<void>;
}
