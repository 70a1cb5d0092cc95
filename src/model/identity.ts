/** Keys that identify articles, and articles found by key. */
import type { Article, ArticleId, ArticleRef } from './article.js';
import type { SourceId } from './source.js';

/** Guids and title keys are unique within a source; addresses are unique everywhere. */
export type ArticleKey =
  | { readonly kind: 'guid'; readonly sourceId: SourceId; readonly value: string }
  | { readonly kind: 'title'; readonly sourceId: SourceId; readonly value: string }
  | { readonly kind: 'url'; readonly value: string };

export interface NamedArticle {
  readonly ref: ArticleRef;
  readonly keys: readonly ArticleKey[];
}

/** A stored article with its feed's text. `id` is null until it is minted at the end of the first run. */
export interface StoredArticle extends Omit<Article, 'id'> {
  readonly id: ArticleId | null;
}

export interface KnownArticle extends StoredArticle {
  readonly matched: readonly ArticleKey[];
}

/** The attribution of an article that has no id yet. */
export interface PendingCredit extends Pick<Article, 'ref' | 'sourceId' | 'attribution' | 'authors'> {}

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
  /** Its canonical address keys. Pending articles that share a key are the same article. */
  readonly urlKeys: readonly string[];
}
