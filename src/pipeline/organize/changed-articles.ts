/** Articles changed in a run: each step adds its own, and later steps read them. */
import type { ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';
import { withCopies } from '../facts/multi-source-stories.js';

export class ChangedArticles {
  readonly minted = new Set<ArticleRef>();
  readonly dropped = new Set<ArticleRef>();
  readonly texts = new Set<ArticleRef>();
  readonly visibility: Set<ArticleRef>;
  /** Articles with other near-duplicates. */
  readonly regrouped = new Set<ArticleRef>();
  /** Members of stories that an article left, or that the editor changed; also in `regrouped`. */
  readonly moved = new Set<ArticleRef>();

  constructor(visibility: Iterable<ArticleRef> = []) {
    this.visibility = new Set(visibility);
  }

  /** Requires final stories. Adds articles that are shown or folded because a near-duplicate changed. */
  async addCopies(store: Store): Promise<void> {
    addAll(this.visibility, await withCopies(store, [...this.visibility]));
  }
}

export function addAll<T>(set: Set<T>, values: Iterable<T>): void {
  for (const value of values) set.add(value);
}
