/** Which articles the steps of one run changed: each step adds its own, and later steps read them. */
import type { ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';
import { withCopies } from '../facts/multi-source-stories.js';

export class ChangedArticles {
  /** New articles that got their ids. */
  readonly minted = new Set<ArticleRef>();
  /** Articles that the editor's rules began to drop. */
  readonly dropped = new Set<ArticleRef>();
  /** Articles whose full text changed. */
  readonly texts = new Set<ArticleRef>();
  /** Articles that appeared or disappeared for readers. */
  readonly visibility: Set<ArticleRef>;
  /** Articles whose near-duplicates may be others now. */
  readonly regrouped = new Set<ArticleRef>();
  /** Members of stories that the editor changed; all are in `regrouped` too. */
  readonly moved = new Set<ArticleRef>();

  constructor(visibility: Iterable<ArticleRef> = []) {
    this.visibility = new Set(visibility);
  }

  /**
   * Adds the near-duplicates of the articles in `visibility`.
   * Before: stories are final. After: `visibility` has every article that is shown or folded because another one changed.
   */
  async addCopies(store: Store): Promise<void> {
    addAll(this.visibility, await withCopies(store, [...this.visibility]));
  }
}

export function addAll<T>(set: Set<T>, values: Iterable<T>): void {
  for (const value of values) set.add(value);
}
