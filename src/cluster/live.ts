/** The stories that may still grow, found by the terms that they share with an article. */
import type { ArticleRef } from '../model/article.js';
import type { StoryMember, StoryRecord, StoryRef } from '../model/story.js';
import { CopyTable } from './copy-table.js';
import { LaidOut, length, Sum, strongestTerms, type Vector, weightOf } from './vector.js';

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
  /** Sum of its members' vectors. */
  sum: Sum;
  /** Of the sum's vector. */
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
export const storiesPerTerm = 100;
/** So many of the most promising stories are compared exactly. */
const compared = 12;
/** Longer vectors only slow down. */
const centroidTerms = 120;

export class LiveStories {
  readonly all: LiveStory[] = [];
  // What stories are found by: term → the newest of a chain of entries, each with its story's seat, the term's weight there
  // and the entry before it.
  private readonly newest = new Map<number, number>();
  private entrySeats = new Int32Array(1024);
  private entryWeights = new Float32Array(1024);
  private entriesBefore = new Int32Array(1024);
  private entries = 0;
  private scores = new Float64Array(1024);
  private readonly touched: number[] = [];
  private readonly asked = new LaidOut();
  private readonly texts = new CopyTable<{ readonly story: LiveStory; readonly article: ArticleRef }>();

  /** Lays a stored story on the table. Call it in the order of `olderFirst`. */
  load(record: StoryRecord): LiveStory {
    const { terms, weights } = record;
    return this.seat({
      ...record,
      stored: true,
      sum: new Sum({ terms, weights }, centroidTerms),
      members: [...record.members],
    });
  }

  /** Begins a story with its first member. */
  begin(
    story: Pick<LiveStory, 'ref' | 'id' | 'language' | 'daily' | 'textLength'>,
    first: StoryMember,
    vector: Vector,
  ): LiveStory {
    const at = first.publishedAt;
    const keys = strongestTerms(vector, keyTerms);
    return this.seat({
      ...story,
      stored: false,
      firstAt: at,
      lastAt: at,
      sum: new Sum(vector, centroidTerms),
      keys,
      members: [first],
    });
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
      sum: story.sum,
      length: length(story.sum.vector),
      keys: story.keys,
      members: story.members,
      size: story.members.filter(({ role }) => role === 'member').length,
      changed: !story.stored,
      mergedInto: null,
    };
    this.all.push(seated);
    this.index(seated, seated.keys);
    for (const member of seated.members) this.remember(seated, member);
    return seated;
  }

  /** Adds what a member or another story says to what the story says. */
  grow(story: LiveStory, vector: Vector): void {
    story.sum.add(vector);
    story.length = length(story.sum.vector);
    story.changed = true;
    const keys = strongestTerms(story.sum.vector, keyTerms);
    if (isSame(keys, story.keys)) return;
    const fresh = keys.filter((term) => !story.keys.includes(term));
    if (fresh.length === 0) return; // the old list serves: what stays long is dear to replace
    this.index(story, fresh);
    story.keys = keys;
  }

  /** Takes a story that went into another off the table. */
  clear(story: LiveStory, into: LiveStory): void {
    story.mergedInto = into;
    story.members = [];
    story.sum = nothing;
  }

  private index(story: LiveStory, terms: Int32Array): void {
    if (this.entries + terms.length > this.entrySeats.length) this.enlarge();
    for (const term of terms) {
      const entry = this.entries++;
      this.entrySeats[entry] = story.seat;
      this.entryWeights[entry] = weightOf(story.sum.vector, term) / story.length;
      this.entriesBefore[entry] = this.newest.get(term) ?? -1;
      this.newest.set(term, entry);
    }
  }

  private enlarge(): void {
    const seats = new Int32Array(this.entrySeats.length * 2);
    const weights = new Float32Array(seats.length);
    const before = new Int32Array(seats.length);
    seats.set(this.entrySeats);
    weights.set(this.entryWeights);
    before.set(this.entriesBefore);
    [this.entrySeats, this.entryWeights, this.entriesBefore] = [seats, weights, before];
  }

  /** Remembers the text of an article, so that its copies find its story. */
  remember(story: LiveStory, member: StoryMember): void {
    this.texts.add(member.signature, { story, article: member.article });
  }

  /** Calls `visit` for each article whose text is nearly the same, with its story as it stands now. */
  eachCopy(signature: Uint16Array, visit: (story: LiveStory, article: ArticleRef, overlap: number) => void): void {
    this.texts.eachCopy(signature, ({ story, article }, overlap) => visit(standing(story), article, overlap));
  }

  /**
   * Calls `visit` for the stories in which `wanted` that have most in common with the vector, each with its cosine (0-1), as
   * they were laid on the table. `keys`: the terms to look them up by.
   */
  eachNear(
    vector: Vector,
    keys: Int32Array,
    wanted: (story: LiveStory) => boolean,
    visit: (story: LiveStory, cosine: number) => void,
  ): void {
    const promising = this.promising(vector, keys, wanted);
    if (promising.length === 0) return;
    const own = length(vector);
    this.asked.lay(vector);
    for (const story of promising) {
      visit(story, own === 0 || story.length === 0 ? 0 : this.asked.dot(story.sum.vector) / own / story.length);
    }
  }

  // By the key terms of stories alone, which costs little.
  private promising(vector: Vector, keys: Int32Array, wanted: (story: LiveStory) => boolean): LiveStory[] {
    if (this.scores.length < this.all.length) this.scores = new Float64Array(this.all.length * 2);
    const { scores, touched, all, entrySeats, entryWeights, entriesBefore } = this;
    let count = 0;
    for (let at = 0; at < keys.length; at += 1) {
      const weight = weightOf(vector, keys[at]!);
      let entry = this.newest.get(keys[at]!) ?? -1;
      for (let steps = 0; entry >= 0 && steps < storiesPerTerm; steps += 1) {
        const seat = entrySeats[entry]!;
        if (scores[seat] === 0) touched[count++] = seat;
        scores[seat]! += weight * entryWeights[entry]!;
        entry = entriesBefore[entry]!;
      }
    }
    const best = greatest(touched, count, scores, (seat) => wanted(all[seat]!));
    for (let at = 0; at < count; at += 1) scores[touched[at]!] = 0;
    return best.map((seat) => all[seat]!);
  }
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((term, at) => term === b[at]);
}

/** Where a story went in merges; itself where it stands. */
export function standing(story: LiveStory): LiveStory {
  let last = story;
  while (last.mergedInto !== null) last = last.mergedInto;
  return last;
}

const nothing = new Sum({ terms: new Int32Array(0), weights: new Float32Array(0) }, 0);

/** Loaded stories: oldest first, so that tables are laid alike everywhere. */
export function olderFirst(a: Pick<StoryRecord, 'firstAt' | 'id'>, b: Pick<StoryRecord, 'firstAt' | 'id'>): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}

/** Seats of the greatest scores, in the order of seats. */
function greatest(
  seats: readonly number[],
  count: number,
  scores: Float64Array,
  wanted: (seat: number) => boolean,
): number[] {
  const best: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const seat = seats[at]!;
    if (best.length === compared && !ranksBefore(seat, best[compared - 1]!, scores)) continue;
    if (!wanted(seat)) continue;
    let place = best.length === compared ? compared - 1 : best.length;
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
