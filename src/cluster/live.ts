/** The stories that may still grow, found by the terms that they share with an article. */
import type { StoryMember, StoryRecord, StoryRef } from '../model/story.js';
import { dot, length, strongestTerms, sum, type Vector } from './vector.js';

/** A story on the work table. */
export interface LiveStory {
  readonly ref: StoryRef;
  readonly id: string;
  readonly language: string;
  readonly daily: boolean;
  /** True where the store has it already: then it survives a merge with a new one. */
  readonly stored: boolean;
  /** Place on the table. */
  readonly seat: number;
  firstAt: number;
  lastAt: number;
  textLength: number;
  vector: Vector;
  /** Of `vector`. */
  length: number;
  keys: Int32Array;
  members: StoryMember[];
  /** Members that are no corrections. */
  size: number;
  changed: boolean;
  /** Where it went in a merge. */
  mergedInto: LiveStory | null;
}

/** A story is found by its strongest terms. */
const keyTerms = 12;
/** Each term leads to the newest so many stories: terms that all use cost no more than this. */
export const storiesPerTerm = 200;
/** So many of the most promising stories are compared exactly. */
const compared = 16;
/** Longer vectors only slow down. */
const centroidTerms = 120;

interface Posting {
  readonly seats: number[];
  readonly weights: number[];
}

export class LiveStories {
  readonly all: LiveStory[] = [];
  private readonly postings = new Map<number, Posting>();
  private scores = new Float64Array(1024);
  private touched: number[] = [];

  /** Lays a stored story on the table. Call it in the order of `olderFirst`. */
  load(record: StoryRecord): LiveStory {
    const { terms, weights } = record;
    return this.seat({ ...record, stored: true, vector: { terms, weights }, members: [...record.members] });
  }

  /** Begins a story with its first member. */
  begin(
    story: Pick<LiveStory, 'ref' | 'id' | 'language' | 'daily' | 'textLength'>,
    first: StoryMember,
    vector: Vector,
  ): LiveStory {
    const at = first.publishedAt;
    const keys = strongestTerms(vector, keyTerms);
    return this.seat({ ...story, stored: false, firstAt: at, lastAt: at, vector, keys, members: [first] });
  }

  private seat(story: Omit<LiveStory, 'seat' | 'length' | 'size' | 'changed' | 'mergedInto'>): LiveStory {
    const seated: LiveStory = {
      ref: story.ref,
      id: story.id,
      language: story.language,
      daily: story.daily,
      stored: story.stored,
      seat: this.all.length,
      firstAt: story.firstAt,
      lastAt: story.lastAt,
      textLength: story.textLength,
      vector: story.vector,
      length: length(story.vector),
      keys: story.keys,
      members: story.members,
      size: story.members.filter(({ role }) => role === 'member').length,
      changed: !story.stored,
      mergedInto: null,
    };
    this.all.push(seated);
    this.index(seated, seated.keys);
    return seated;
  }

  /** Adds what a member or another story says to what the story says. */
  grow(story: LiveStory, vector: Vector): void {
    story.vector = sum(story.vector, vector, centroidTerms);
    story.length = length(story.vector);
    story.changed = true;
    const keys = strongestTerms(story.vector, keyTerms);
    this.index(
      story,
      keys.filter((term) => !story.keys.includes(term)),
    );
    story.keys = keys;
  }

  /** Takes a story that went into another off the table. */
  clear(story: LiveStory, into: LiveStory): void {
    story.mergedInto = into;
    story.members = [];
    story.vector = nothing;
  }

  private index(story: LiveStory, terms: Int32Array): void {
    const { vector } = story;
    for (const term of terms) {
      let posting = this.postings.get(term);
      if (!posting) {
        posting = { seats: [], weights: [] };
        this.postings.set(term, posting);
      }
      posting.seats.push(story.seat);
      posting.weights.push(weightOf(vector, term) / story.length);
      if (posting.seats.length > 4 * storiesPerTerm) forgetOldest(posting);
    }
  }

  /** The stories in which `wanted` that have most in common with the vector, each with its cosine (0-1), as they were laid on the table. */
  nearest(
    vector: Vector,
    wanted: (story: LiveStory) => boolean,
  ): { readonly story: LiveStory; readonly cosine: number }[] {
    const own = length(vector);
    return this.promising(vector, wanted).map((story) => ({
      story,
      cosine: own === 0 || story.length === 0 ? 0 : dot(vector, story.vector) / own / story.length,
    }));
  }

  // By key terms alone, which costs little.
  private promising(vector: Vector, wanted: (story: LiveStory) => boolean): LiveStory[] {
    if (this.scores.length < this.all.length) this.scores = new Float64Array(this.all.length * 2);
    const { scores, touched, all } = this;
    touched.length = 0;
    for (let at = 0; at < vector.terms.length; at += 1) {
      const posting = this.postings.get(vector.terms[at]!);
      if (!posting) continue;
      const { seats, weights } = posting;
      const weight = vector.weights[at]!;
      for (let place = seats.length - 1, live = 0; place >= 0 && live < storiesPerTerm; place -= 1) {
        const seat = seats[place]!;
        if (scores[seat] === 0) {
          if (!wanted(all[seat]!)) continue;
          touched.push(seat);
        }
        live += 1;
        scores[seat]! += weight * weights[place]!;
      }
    }
    const best = greatest(touched, scores, compared);
    for (const seat of touched) scores[seat] = 0;
    return best.map((seat) => all[seat]!);
  }
}

const nothing: Vector = { terms: new Int32Array(0), weights: new Float32Array(0) };

/** Loaded stories: oldest first, so that tables are laid alike everywhere. */
export function olderFirst(a: Pick<StoryRecord, 'firstAt' | 'id'>, b: Pick<StoryRecord, 'firstAt' | 'id'>): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}

/** Seats of the greatest scores, in the order of seats. */
function greatest(seats: readonly number[], scores: Float64Array, most: number): number[] {
  const best: number[] = [];
  for (const seat of seats) {
    if (best.length === most && !ranksBefore(seat, best[most - 1]!, scores)) continue;
    let place = best.length === most ? most - 1 : best.length;
    while (place > 0 && ranksBefore(seat, best[place - 1]!, scores)) {
      best[place] = best[place - 1]!;
      place -= 1;
    }
    best[place] = seat;
  }
  return best.sort((a, b) => a - b);
}

function ranksBefore(a: number, b: number, scores: Float64Array): boolean {
  return scores[a]! > scores[b]! || (scores[a] === scores[b] && a < b);
}

/** The weight of one term; 0 where it is not among them. Binary search. */
export function weightOf({ terms, weights }: Vector, term: number): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (terms[middle] === term) return weights[middle]!;
    if (terms[middle]! < term) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

function forgetOldest({ seats, weights }: Posting): void {
  seats.splice(0, 2 * storiesPerTerm);
  weights.splice(0, 2 * storiesPerTerm);
}
