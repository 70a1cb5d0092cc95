/** Detects near-duplicates by 64 minimal hashes of word pairs (Broder 1997), which estimate the Jaccard overlap. */
import { Arena } from '../arena.js';
import { mixBits } from './term.js';

/** Number of hashes in a signature, 16 bits each. */
const signatureLength = 64;

/** Minimum share of equal hashes of two texts that count as the same. */
export const sameText = 0.6;

// h(x) = mixed(x ^ seed). The seeds come from the mixer itself, so that they are the same everywhere.
const seeds = Int32Array.from({ length: signatureLength }, (_, index) => mixBits(Math.imul(index + 1, 0x9e3779b1)));
const arena = new Arena();
const minima = new Uint32Array(signatureLength);

/** Of the first `count` words; empty below `minPairs` pairs. `head`: of the beginning, for comparing shorter texts. */
export function computeSignature(words: Int32Array, count: number, head: Uint16Array = empty): Uint16Array {
  if (count <= minPairs) return empty;
  minima.fill(0xffffffff);
  for (let at = 1; at < count; at += 1) copyPart(Math.imul(words[at - 1]!, 31) ^ words[at]!);
  const hashes = new Uint16Array(signatureLength + head.length);
  hashes.set(minima); // keeps the lower half of each
  hashes.set(head, signatureLength);
  return arena.keep(hashes);
}

const minPairs = 4;
const empty = new Uint16Array(0);

/** The parts of a signature to search for copies: of the whole text, and of its beginning if present. */
export function signatureParts(signature: Uint16Array): Uint16Array[] {
  if (signature.length <= signatureLength) return [signature];
  return [signature.subarray(0, signatureLength), signature.subarray(signatureLength)];
}

function copyPart(pair: number): void {
  for (let at = 0; at < signatureLength; at += 1) {
    let hash = Math.imul(pair ^ seeds[at]!, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    hash = (hash ^ (hash >>> 16)) >>> 0;
    if (hash < minima[at]!) minima[at] = hash;
  }
}

/** Estimated Jaccard overlap, 0-1: of whole texts, or of the beginning of one and a shorter other. */
export function overlap(a: Uint16Array, b: Uint16Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  const whole = shareOfEqual(a, 0, b, 0);
  if (a.length === b.length) return whole;
  return Math.max(whole, shareOfEqual(a, a.length - signatureLength, b, b.length - signatureLength));
}

/** Share of hashes of a whole text that equal those of any of the others: a union has the smaller hash of its parts. */
export function shareHashes(signature: Uint16Array, others: readonly Uint16Array[]): number {
  const whole = signature.subarray(0, signatureLength);
  const equal = whole.filter((hash, at) => others.some((other) => other[at] === hash));
  return equal.length / signatureLength;
}

function shareOfEqual(a: Uint16Array, fromA: number, b: Uint16Array, fromB: number): number {
  let equal = 0;
  for (let at = 0; at < signatureLength; at += 1) {
    if (a[fromA + at] === b[fromB + at]) equal += 1;
    if (at === 15 && equal < 5) return equal / 16; // too different: skip the rest
  }
  return equal / signatureLength;
}
