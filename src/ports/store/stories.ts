/** What the store knows of stories. */
import type { ArticleRef } from '../../model/article.js';
import type { StoryRecord, StoryRef } from '../../model/story.js';

/** What clustering new articles changes, saved in one transaction. */
export interface StoryChanges {
  /** New ones and changed ones, whole. */
  readonly stories: readonly StoryRecord[];
  /** Stories that went into another. */
  readonly merged: readonly { readonly ref: StoryRef; readonly into: StoryRef }[];
  /** Counts of words, by scope; opaque to the store. */
  readonly terms: Iterable<readonly [scope: string, counts: Uint8Array]>;
  /** All articles up to this one have their story now; 0: as before. */
  readonly clusteredUpTo: ArticleRef;
  /** Stories whose last member is older grow no more, and are no longer found by their terms. Milliseconds. */
  readonly closedBefore: number;
}

/** A story found by a term: `weight` is the term's share of what the story says, 0-1. */
export interface TermHit {
  readonly term: number;
  readonly story: StoryRef;
  readonly weight: number;
}

/** Stories and what they are found by. A run with ten new articles reads a few hundred rows, however many are stored. */
export interface StoryStore {
  /** All articles up to this one have their story; 0: none. */
  clusteredUpTo(): Promise<ArticleRef>;
  /** Minted articles past `clusteredUpTo` that have no story and were not pruned: those published first, then by id. */
  unassigned(limit: number): Promise<readonly ArticleRef[]>;
  /** Those of the scopes that have counts. */
  storyTerms(scopes: readonly string[]): Promise<readonly (readonly [scope: string, counts: Uint8Array])[]>;
  /** For each term the newest `perTerm` open stories that have it among their keys, newest first. */
  storiesByTerm(terms: readonly number[], perTerm: number): Promise<readonly TermHit[]>;
  /** Those that stand, in any order. */
  stories(refs: readonly StoryRef[]): Promise<readonly StoryRecord[]>;
  /** Makes the head of `stories` dirty where a story that two sources tell has changed. */
  saveStories(changes: StoryChanges): Promise<void>;
  /** The story of each article that has one. */
  storiesOf(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, StoryRef>>;
  /** Those told by two or more sources, that which began last first. */
  multiSourceStories(limit: number): Promise<readonly StoryRecord[]>;
  countStories(): Promise<{ readonly total: number; readonly multiSource: number }>;
  /** Each of these articles that near-duplicates stand behind, or that stands behind another: with all of its group. */
  copiesOf(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, CopyGroup>>;
}

/** The same text in several sources. */
export interface CopyGroup {
  /** The copy that is shown where duplicates are folded. */
  readonly canonical: ArticleRef;
  /** All others, ascending. */
  readonly folded: readonly ArticleRef[];
}
