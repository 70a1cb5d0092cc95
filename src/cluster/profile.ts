/** Sums up the terms of the articles in a story. */
import type { ArticleVector } from '../model/story.js';
import type { Vector } from './terms/vector.js';

/** Sums over the articles; all arrays are parallel. */
export interface Profile extends Vector {
  readonly rarities: Float32Array;
  /** Number of articles with the term. */
  readonly counts: Uint16Array;
  /** Number of articles with the term in their title. */
  readonly titles: Uint16Array;
  /** Sum of the rarities of all occurrences in titles. */
  readonly titleRarity: number;
}

/** Maximum number of terms: more take time without a better result. */
const MAX_TERMS = 120;
const MAX_BEFORE_CUT = 150;
const SCRATCH = 2 * MAX_BEFORE_CUT;
/** Arrays grow by this number of terms: most stories have two or three articles. */
const ROOM = 30;

const once = new Uint16Array(SCRATCH).fill(1);

export function createProfile({ size, terms, weights, rarities, titles }: ArticleVector): Profile {
  return { size, terms, weights, rarities, counts: once, titles, titleRarity: titleRarity(titles, rarities, size) };
}

export const EMPTY_PROFILE: Profile = {
  size: 0,
  terms: new Int32Array(0),
  weights: new Float32Array(0),
  rarities: new Float32Array(0),
  counts: once,
  titles: once,
  titleRarity: 0,
};

const terms = new Int32Array(SCRATCH);
const weights = new Float32Array(SCRATCH);
const rarities = new Float32Array(SCRATCH);
const counts = new Uint16Array(SCRATCH);
const titles = new Uint16Array(SCRATCH);

/** Modified in place, because a profile grows with each article, and new arrays each time would use much memory. */
class ProfileSum implements Profile {
  size = 0;
  titleRarity = 0;
  terms!: Int32Array;
  weights!: Float32Array;
  rarities!: Float32Array;
  counts!: Uint16Array;
  titles!: Uint16Array;

  constructor() {
    this.#makeRoom(2 * ROOM);
  }

  /** Copies the first `count` terms of the buffers. */
  take(count: number): void {
    if (count > this.terms.length) this.#makeRoom(Math.ceil(count / ROOM) * ROOM);
    for (let at = 0; at < count; at += 1) {
      this.terms[at] = terms[at]!;
      this.weights[at] = weights[at]!;
      this.rarities[at] = rarities[at]!;
      this.counts[at] = counts[at]!;
      this.titles[at] = titles[at]!;
    }
    this.size = count;
    this.titleRarity = titleRarity(titles, rarities, count);
  }

  #makeRoom(room: number): void {
    const bytes = new ArrayBuffer(16 * room);
    this.terms = new Int32Array(bytes, 0, room);
    this.weights = new Float32Array(bytes, 4 * room, room);
    this.rarities = new Float32Array(bytes, 8 * room, room);
    this.counts = new Uint16Array(bytes, 12 * room, room);
    this.titles = new Uint16Array(bytes, 14 * room, room);
  }
}

/** The sum, cut to the strongest terms above `MAX_BEFORE_CUT`. If `a` is a sum, it is modified and returned. */
export function addProfiles(a: Profile, b: Profile): Profile {
  let count = 0;
  for (let i = 0, j = 0; i < a.size || j < b.size; count += 1) {
    const x = i < a.size ? a.terms[i]! : Number.POSITIVE_INFINITY;
    const y = j < b.size ? b.terms[j]! : Number.POSITIVE_INFINITY;
    terms[count] = Math.min(x, y);
    weights[count] = 0;
    counts[count] = 0;
    titles[count] = 0;
    if (x <= y) {
      weights[count] = a.weights[i]!;
      rarities[count] = a.rarities[i]!;
      counts[count] = a.counts[i]!;
      titles[count] = a.titles[i++]!;
    }
    if (y <= x) {
      weights[count]! += b.weights[j]!;
      if (y < x) rarities[count] = b.rarities[j]!;
      counts[count]! += b.counts[j]!;
      titles[count]! += b.titles[j++]!;
    }
  }
  const sum = a instanceof ProfileSum ? a : new ProfileSum();
  sum.take(count > MAX_BEFORE_CUT ? keepStrongest(count) : count);
  return sum;
}

function keepStrongest(count: number): number {
  const ranked = weights.slice(0, count).sort();
  const least = ranked[count - MAX_TERMS]!;
  let equal = MAX_TERMS - (count - 1 - ranked.lastIndexOf(least));
  let kept = 0;
  for (let at = 0; kept < MAX_TERMS; at += 1) {
    if (weights[at]! < least || (weights[at] === least && equal-- <= 0)) continue;
    terms[kept] = terms[at]!;
    weights[kept] = weights[at]!;
    rarities[kept] = rarities[at]!;
    counts[kept] = counts[at]!;
    titles[kept++] = titles[at]!;
  }
  return MAX_TERMS;
}

function titleRarity(titles: Uint16Array, rarities: Float32Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += titles[at]! * rarities[at]!;
  return sum;
}
