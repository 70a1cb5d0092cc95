/** Detects near-duplicates by 64 minimal hashes of word pairs (Broder 1997), which estimate the Jaccard overlap. */
import { Arena } from '../arena.js';
import { mixed } from '../terms/term.js';

/** Number of hashes in a signature, 16 bits each. */
const signatureLength = 64;

/** Share of equal hashes from which two texts count as the same. */
export const sameText = 0.6;

// h(x) = mixed(x ^ seed); the seeds are outputs of the mixer themselves, so that they are the same everywhere.
const seeds = Int32Array.from({ length: signatureLength }, (_, index) => mixed(Math.imul(index + 1, 0x9e3779b1)));
const arena = new Arena();
const minima = new Uint32Array(signatureLength);

/**
 * The signature of a text given as the first `count` word numbers, in order. Empty where it has fewer than `fewest` word pairs:
 * too short to tell copies from coincidence.
 */
export function signatureOf(words: Int32Array, count: number): Uint16Array {
  if (count <= fewest) return empty;
  minima.fill(0xffffffff);
  for (let at = 1; at < count; at += 1) take(Math.imul(words[at - 1]!, 31) ^ words[at]!);
  return arena.keep(new Uint16Array(minima)); // keeps the lower half of each
}

const fewest = 4;
const empty = new Uint16Array(0);

function take(pair: number): void {
  for (let at = 0; at < signatureLength; at += 1) {
    let hash = Math.imul(pair ^ seeds[at]!, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    hash = (hash ^ (hash >>> 16)) >>> 0;
    if (hash < minima[at]!) minima[at] = hash;
  }
}

/** Estimated Jaccard overlap, 0-1. */
export function overlap(a: Uint16Array, b: Uint16Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let equal = 0;
  for (let at = 0; at < signatureLength; at += 1) {
    if (a[at] === b[at]) equal += 1;
    if (at === 15 && equal < 5) return equal / 16; // too different: skip the rest
  }
  return equal / signatureLength;
}
