/** One event, told by many articles. A Story says what belongs together; it never changes an article. */
import type { ArticleId, ArticleRef } from './article.js';
import type { SourceId } from './source.js';

export interface Story {
  /** Stable: the older survives a merge. */
  readonly id: string;
  readonly lead: ArticleRef;
  /** Members, oldest first. */
  readonly members: readonly ArticleRef[];
}

/** A store's own number for a story: the ref of the article that began it. */
export type StoryRef = ArticleRef;

/** An article in its story, with all that later articles are compared with. */
export interface StoryMember {
  readonly article: ArticleRef;
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  /** Milliseconds. */
  readonly publishedAt: number;
  /** Characters of summary and content: who tells more leads. */
  readonly fullness: number;
  /** 64 hashes of its text; empty: too short. */
  readonly signature: Uint16Array;
  /** `correction`: its own source had told the same text before; no source of the story, and never folded. */
  readonly role: 'member' | 'correction';
  /** The near-duplicate of another source that stands for it where duplicates are folded; null: it stands for itself. */
  readonly copyOf: ArticleRef | null;
}

/** A story as the store keeps it. */
export interface StoryRecord {
  readonly ref: StoryRef;
  readonly id: string;
  /** ISO 639-1. */
  readonly language: string;
  /** Dates of its first and last member, milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Sum of its members' different terms: long texts must have more in common. */
  readonly textLength: number;
  /** It began as a format that comes back every day. */
  readonly daily: boolean;
  /** Sum of its members' vectors: terms ascending, weights beside. */
  readonly terms: Int32Array;
  readonly weights: Float32Array;
  /** The terms by which it is found. */
  readonly keys: Int32Array;
  /** Oldest first, corrections too. */
  readonly members: readonly StoryMember[];
}
