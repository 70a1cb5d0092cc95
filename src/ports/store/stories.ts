/** Stories in the store. */
import type { ArticleRef } from '../../model/article.js';
import type { StoryRecord, StoryRef } from '../../model/story.js';

/** The changes of clustering new articles, saved in one transaction. */
export interface StoryChanges {
  /** New and changed stories, complete. */
  readonly stories: readonly StoryRecord[];
  /** Stories merged into another. */
  readonly merged: readonly { readonly ref: StoryRef; readonly into: StoryRef }[];
  /** Term counts by scope; opaque to the store. */
  readonly terms: Iterable<readonly [scope: string, counts: Uint8Array]>;
  /** All articles up to this ref are clustered now; 0: unchanged. */
  readonly clusteredUpTo: ArticleRef;
  /** Stories whose last member is older are closed and leave the term index. Epoch milliseconds. */
  readonly closedBefore: number;
  /** The editor parts stories: their feed may lose them. */
  readonly mayShrink?: boolean;
  /** Addresses that lead to these stories. */
  readonly aliases?: readonly StoryAlias[];
}

/** A former address: of a story that merged into this one, or its own from when several sources told it. */
export interface StoryAlias {
  readonly slug: string;
  readonly story: StoryRef;
}

/** A story found by a term. `weight`: the term's share of the story's weights, 0 to 1. */
export interface TermHit {
  readonly term: number;
  readonly story: StoryRef;
  readonly weight: number;
}

/** Stories and their term index. The rows read in a run depend on the number of new articles, not of stored ones. */
export interface StoryStore {
  /** All articles up to this ref are clustered; 0: none. */
  clusteredUpTo(): Promise<ArticleRef>;
  /**
   * Minted articles without a story, by publication date, then id: those after `clusteredUpTo`, and those that the section shows now after it
   * had hidden them. Not hidden and pruned ones: what readers do not see joins no story.
   */
  unassigned(limit: number): Promise<readonly ArticleRef[]>;
  /** Scopes without counts are left out. */
  storyTerms(scopes: readonly string[]): Promise<readonly (readonly [scope: string, counts: Uint8Array])[]>;
  /**
   * For each term the `perTerm` open stories that have it as a key and began last, newest first, and all that began with the last of them:
   * which these are must not depend on the order in which articles came.
   */
  storiesByTerm(terms: readonly number[], perTerm: number): Promise<readonly TermHit[]>;
  /** Those that exist, in any order. */
  stories(refs: readonly StoryRef[]): Promise<readonly StoryRecord[]>;
  /**
   * Makes the head of `stories` and the story itself (`storyMark`) dirty where a story of two or more sources has changed. The address of one
   * that merged, or is left to one source, becomes an alias.
   */
  saveStories(changes: StoryChanges): Promise<void>;
  /** Articles with a story that wait for their place: their text may have changed, also in a run that was interrupted. */
  unplacedReports(): Promise<readonly ArticleRef[]>;
  /** Which of these ids stories have. */
  storyIds(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** The story of each article that has one. */
  storiesOf(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, StoryRef>>;
  /** How many publications tell the story of each article; articles whose story only one source tells are left out. Without what readers do not see, and corrections. */
  publicationsTelling(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, number>>;
  /** Stories of two or more sources, the latest first by their beginning. */
  multiSourceStories(limit: number): Promise<readonly StoryRecord[]>;
  /** Stories of two or more sources, those with the latest articles first. */
  recentStories(limit: number): Promise<readonly StoryRecord[]>;
  /** Stories of two or more sources after this one, ascending. */
  multiSourceRefs(after: StoryRef, limit: number): Promise<readonly StoryRef[]>;
  /** Those among the stories that two or more sources tell. */
  multiSourceAmong(stories: readonly StoryRef[]): Promise<ReadonlySet<StoryRef>>;
  /** By slug. */
  storyAliases(): Promise<readonly StoryAlias[]>;
  countStories(): Promise<{ readonly total: number; readonly multiSource: number }>;
  /** The groups of near-duplicates that these articles belong to; articles without one are missing. */
  copiesOf(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, CopyGroup>>;
}

/** The same text in several sources. */
export interface CopyGroup {
  /** The copy that is shown where duplicates are folded. */
  readonly canonical: ArticleRef;
  /** The other copies, ascending. */
  readonly folded: readonly ArticleRef[];
}
