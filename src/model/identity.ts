/** By what an article is known again: its names, what the store finds under them, and what waits for its id. */
import type { Article, ArticleId, ArticleRef } from './article.js';
import type { SourceId } from './source.js';

/** A name under which an article may be known. Guids and title keys count inside their source; addresses everywhere. */
export type ArticleKey =
  | { readonly kind: 'guid'; readonly sourceId: SourceId; readonly value: string }
  | { readonly kind: 'title'; readonly sourceId: SourceId; readonly value: string }
  | { readonly kind: 'url'; readonly value: string };

/** An article as a store holds it: `id` is null until it is minted at the end of its first run. */
export interface StoredArticle extends Omit<Article, 'id'> {
  readonly id: ArticleId | null;
}

/** One found by some of its keys. */
export interface KnownArticle extends StoredArticle {
  /** Those of the keys asked for that lead to it. */
  readonly matched: readonly ArticleKey[];
}

/** What minting must know of an article that has no id yet. */
export interface PendingArticle {
  readonly ref: ArticleRef;
  readonly sourceId: SourceId;
  readonly guid: string | null;
  readonly url: string;
  readonly title: string;
  readonly publishedAt: Date;
  readonly firstSeenAt: Date;
  /** True where its guid may never become its id (duplicate, republished). */
  readonly mintOnly: boolean;
  /** Its canonical address keys: two pending articles that share one are one article. */
  readonly urlKeys: readonly string[];
}
