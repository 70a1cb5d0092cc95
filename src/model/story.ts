/** Stories: groups of articles about one event. */
import type { ArticleId, ArticleRef } from './article.js';
import type { SourceId } from './source.js';

export interface Story {
  /** Permanent. A merged story keeps the older id. */
  readonly id: string;
  readonly lead: ArticleRef;
  /** Members, oldest first. */
  readonly members: readonly ArticleRef[];
}

/** Key of a source's term counts. */
export function sourceScope(id: SourceId): string {
  return `source ${id}`;
}

/** The store's internal number of a story: the ref of its first article. */
export type StoryRef = ArticleRef;

/** The strongest terms of an article, with all data for comparisons. The arrays are parallel, except `pairs`. */
export interface ArticleVector {
  readonly size: number;
  /** Ascending. */
  readonly terms: Int32Array;
  /** Greater than 0; scaled to length 1. */
  readonly weights: Float32Array;
  /** ln(1/p), where p is the share of articles with the term: 3.5 is one in thirty. */
  readonly rarities: Float32Array;
  /** 1 for terms of the title, else 0. */
  readonly titles: Uint16Array;
  /** Adjacent terms in the text: `a << 8 | b`, indexes into `terms`, a < b. Ascending. */
  readonly pairs: Uint16Array;
  /** Hashes of its address and of pages on other sites that it links to, ascending. */
  readonly pages: Int32Array;
}

/** A serialised `ArticleVector` (`cluster/terms/packed-vector.ts`), aligned to four bytes in its buffer. */
export type PackedVector = Uint8Array;

/** An article of a story, with the data for comparing it with later articles. */
export interface StoryMember {
  readonly article: ArticleRef;
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  /** ISO 639-1. */
  readonly language: string;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
  /** Characters of summary and content. The longest article leads the story. */
  readonly fullness: number;
  /** MinHash signature of 64 values, and 64 of the beginning of a longer text; empty: the text is too short. */
  readonly signature: Uint16Array;
  /** null: not available, because its story is closed or it is a correction. */
  readonly vector: PackedVector | null;
  /** JSON, its cognates (`cluster/across-languages.ts`); null: in a section of one language, or not kept. */
  readonly cognates: string | null;
  /** `correction`: its source published the same text before. Not a source of the story, never folded. */
  readonly role: 'member' | 'correction';
  /** The near-duplicate of another source that is shown if duplicates are folded; null: none. */
  readonly copyOf: ArticleRef | null;
}

export interface StoryRecord {
  readonly ref: StoryRef;
  readonly id: string;
  /** ISO 639-1; of its first article. Others may be in other languages. */
  readonly language: string;
  /** Dates of its first and last member, epoch milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Sum of its members' distinct terms. Longer texts must have more in common. */
  readonly textLength: number;
  /** It began with a recurring daily format. */
  readonly daily: boolean;
  /** Its index terms, ascending. */
  readonly keys: Int32Array;
  /** Their weights in the sum of its members' vectors, scaled to length 1; parallel to `keys`. */
  readonly keyWeights: Float32Array;
  /** Oldest first, with corrections. */
  readonly members: readonly StoryMember[];
}

/** A story with the term among its keys; `weight`: weight of the term in its vector scaled to length 1, 0-1. */
export interface TermHit {
  readonly term: number;
  readonly story: StoryRef;
  readonly weight: number;
}
