/** Keys by which articles are recognised, and articles as the store finds them by key. */
import type { Article, ArticleId, ArticleRef } from './article.js';
import type { SourceId } from './source.js';

/** A key that identifies an article. Guids and title keys are unique within their source; addresses everywhere. */
export type ArticleKey =
  | { readonly kind: 'guid'; readonly sourceId: SourceId; readonly value: string }
  | { readonly kind: 'title'; readonly sourceId: SourceId; readonly value: string }
  | { readonly kind: 'url'; readonly value: string };

/** An article, and keys that lead to it. */
export interface NamedArticle {
  readonly ref: ArticleRef;
  readonly keys: readonly ArticleKey[];
}

/** An article in the store, with its feed's own text: `id` is null until it is minted at the end of its first run. */
export interface StoredArticle extends Omit<Article, 'id'> {
  readonly id: ArticleId | null;
}

/** An article found by keys. */
export interface KnownArticle extends StoredArticle {
  /** The requested keys that lead to it. */
  readonly matched: readonly ArticleKey[];
}

/** Whose article one without an id says that it is. */
export interface PendingCredit extends Pick<Article, 'ref' | 'sourceId' | 'attribution' | 'authors'> {}

/** What minting needs of an article without an id. */
export interface PendingArticle {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly guid: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly publishedAt: Date;
  readonly firstSeenAt: Date;
  /** True: its guid must not become its id (duplicate or republished). */
  readonly mintOnly: boolean;
  /** Its canonical address keys: two pending articles that share one are the same article. */
  readonly urlKeys: readonly string[];
}
