/** Stories in the store. */
import type { ArticleRef } from '../../model/article.js';
import type { StoryRecord, StoryRef, TermHit } from '../../model/story.js';

export interface StoryChanges {
  readonly stories: readonly StoryRecord[];
  readonly merged: readonly { readonly ref: StoryRef; readonly into: StoryRef }[];
  /** Term counts by scope; opaque to the store. */
  readonly terms: Iterable<readonly [scope: string, counts: Uint8Array]>;
  /** All articles up to this ref are clustered; 0: unchanged. */
  readonly clusteredUpTo: ArticleRef;
  /** Stories with an older last member close and leave the term index. Epoch milliseconds. */
  readonly closedBefore: number;
  /** Set when the editor splits stories, so that the feed may lose some. */
  readonly mayShrink?: boolean;
  readonly aliases?: readonly StoryAlias[];
}

/** A former address: of a merged story, or of a story that had several sources. */
export interface StoryAlias {
  readonly slug: string;
  readonly story: StoryRef;
}

/** Stories and their term index. The number of rows read depends on new articles only, not on stored ones. */
export interface StoryStore {
  /** All articles up to this ref are clustered; 0: none. */
  clusteredUpTo(): Promise<ArticleRef>;
  /**
   * Minted articles without a story, by publication date, then id: those after `clusteredUpTo`, and those shown again after being hidden.
   * Excludes hidden and pruned articles.
   */
  unassigned(limit: number): Promise<readonly ArticleRef[]>;
  /** Omits scopes without counts. */
  storyTerms(scopes: readonly string[]): Promise<readonly (readonly [scope: string, counts: Uint8Array])[]>;
  /**
   * For each term, the `perTerm` newest open stories with it as a key, newest first, plus any that began with the last of them. The result
   * does not depend on the order of arrival.
   */
  findStoriesByTerm(terms: readonly number[], perTerm: number): Promise<readonly TermHit[]>;
  /** Open stories with reports of this time (epoch milliseconds), those with the newest first. */
  openStories(from: number, to: number, limit: number): Promise<readonly Pick<StoryRecord, 'ref' | 'language'>[]>;
  /** Existing stories, in any order. */
  stories(refs: readonly StoryRef[]): Promise<readonly StoryRecord[]>;
  /**
   * Marks the head of `stories` and the story itself (`storyMark`) dirty if a story of two or more sources changed. The address of a merged
   * story, or of one reduced to one source, becomes an alias.
   */
  saveStories(changes: StoryChanges): Promise<void>;
  /** Articles with a story whose place is not up to date: their text may have changed. */
  unplacedStoryArticles(): Promise<readonly ArticleRef[]>;
  storyIds(ids: readonly string[]): Promise<ReadonlySet<string>>;
  findStoryRefs(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, StoryRef>>;
  /** Number of publications reporting the story of each article. Omits stories of one source, invisible articles and corrections. */
  countPublications(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, number>>;
  /** Stories of two or more sources, the most recently begun first. */
  multiSourceStories(limit: number): Promise<readonly StoryRecord[]>;
  /** Stories of two or more sources, those with the newest articles first. */
  recentStories(limit: number): Promise<readonly StoryRecord[]>;
  /** Stories of two or more sources after this one, ascending. */
  multiSourceRefs(after: StoryRef, limit: number): Promise<readonly StoryRef[]>;
  /** The stories among these that have two or more sources. */
  filterMultiSource(stories: readonly StoryRef[]): Promise<ReadonlySet<StoryRef>>;
  storyAliases(): Promise<readonly StoryAlias[]>;
  countStories(): Promise<{ readonly total: number; readonly multiSource: number }>;
  /** The groups of near-duplicates of these articles; omits articles without a group. */
  findCopyGroups(articles: readonly ArticleRef[]): Promise<ReadonlyMap<ArticleRef, CopyGroup>>;
}

export interface CopyGroup {
  /** The copy shown when duplicates are folded. */
  readonly canonical: ArticleRef;
  readonly folded: readonly ArticleRef[];
}
