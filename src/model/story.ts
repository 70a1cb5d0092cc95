/** One event, told by many articles. A Story says what belongs together; it never changes an article. */
import type { ArticleRef } from './article.js';

export interface Story {
  /** Stable: the older survives a merge. */
  readonly id: string;
  readonly lead: ArticleRef;
  /** Members, oldest first. */
  readonly members: readonly ArticleRef[];
}
