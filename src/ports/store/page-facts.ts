/** What pages list articles by, in the store. */
import type { ArticleRef } from '../../model/article.js';
import type { StoryRef } from '../../model/story.js';

export interface StoredPageFacts {
  readonly ref: ArticleRef;
  /** Digest of the article and `basis`. */
  readonly key: string;
  /** null: not saved, or outdated. */
  readonly facts: Uint8Array | null;
  readonly story: StoryRef | null;
  /** Whether two or more sources report its story. */
  readonly isMultiSource: boolean;
}

export interface PageFactsStore {
  /** Unordered. Includes pruned articles, but not pending or hidden pruned ones. `basis`: all that facts depend on beside the article. */
  pageFacts(refs: readonly ArticleRef[], basis: string): Promise<readonly StoredPageFacts[]>;
  savePageFacts(
    rows: readonly { readonly ref: ArticleRef; readonly key: string; readonly facts: Uint8Array }[],
  ): Promise<void>;
}
