/** Stories: groups of articles about one event. */
import type { ArticleId, ArticleRef } from './article.js';
import type { SourceId } from './source.js';

export interface Story {
  /** Permanent; when stories merge, the older one's id is kept. */
  readonly id: string;
  readonly lead: ArticleRef;
  /** Members, oldest first. */
  readonly members: readonly ArticleRef[];
}

/** The scope of a source's counts of terms. */
export function sourceScope(id: SourceId): string {
  return `source ${id}`;
}

/** The store's internal number of a story: the ref of its first article. */
export type StoryRef = ArticleRef;

/** The strongest terms of an article, with all that comparing it with others needs. The arrays are parallel, `pairs` apart. */
export interface ArticleVector {
  /** Number of terms. */
  readonly size: number;
  /** Ascending. */
  readonly terms: Int32Array;
  /** Greater than 0; scaled to length 1. */
  readonly weights: Float32Array;
  /** ln(1/p), p being the share of articles with the term: 3.5 is one in thirty. */
  readonly rarities: Float32Array;
  /** 1 for terms of the title, else 0. */
  readonly titles: Uint16Array;
  /** Terms that stand side by side in the text: `a << 8 | b`, places in `terms`, a < b. Ascending. */
  readonly pairs: Uint16Array;
  /** Hashes of its own address and of the pages on other sites that it links to, ascending. */
  readonly pages: Int32Array;
}

/** An `ArticleVector` as bytes, as it is held and stored (`cluster/terms/packed-vector.ts`); they begin at a multiple of four of their buffer. */
export type PackedVector = Uint8Array;

/** An article in its story, with the data that later articles are compared with. */
export interface StoryMember {
  readonly article: ArticleRef;
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
  /** Characters of summary and content: the fullest article leads the story. */
  readonly fullness: number;
  /** MinHash signature, 64 values, and 64 of the beginning where the text goes on; empty: it is too short. */
  readonly signature: Uint16Array;
  /** null: not at hand: its story is closed, or it is a correction. */
  readonly vector: PackedVector | null;
  /** `correction`: its own source had published the same text before; it does not count as a source of the story and is never folded. */
  readonly role: 'member' | 'correction';
  /** The near-duplicate of another source that is shown instead where duplicates are folded; null: none. */
  readonly copyOf: ArticleRef | null;
}

/** A story as stored. */
export interface StoryRecord {
  readonly ref: StoryRef;
  readonly id: string;
  /** ISO 639-1. */
  readonly language: string;
  /** Dates of its first and last member, epoch milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Sum of its members' distinct terms: long texts must have more in common. */
  readonly textLength: number;
  /** It began with a recurring daily format. */
  readonly daily: boolean;
  /** The terms it is indexed by, ascending. */
  readonly keys: Int32Array;
  /** Their weights in the sum of its members' vectors, scaled to length 1; parallel. */
  readonly keyWeights: Float32Array;
  /** Oldest first, corrections too. */
  readonly members: readonly StoryMember[];
}
