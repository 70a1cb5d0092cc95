/** Finds near-duplicates without comparing all pairs: locality-sensitive hashing with 16 bands of 4 hashes. */

import { overlap, sameText, signatureParts } from './text/minhash.js';
import { mixBits } from './text/term.js';

const bands = 16;
const rows = 4;
/** Maximum number of texts compared per band, the newest: hundreds may repeat one text. */
const MAX_COMPARED = 64;

/** Finds texts with Jaccard overlap 0.6 with probability 0.89, 0.8 with 0.9998. */
export class CopyTable<T> {
  private readonly signatures: Uint16Array[] = [];
  /** The indexed part of each signature. */
  private readonly parts: Uint16Array[] = [];
  private readonly owners: T[] = [];
  private heads = new Int32Array(bands * 512).fill(-1);
  // For each text and band: the previous text in the slot, and the band's hash, which shows chance collisions.
  private next = new Int32Array(linkIndex(512, 0));

  add(signature: Uint16Array, owner: T): void {
    if (signature.length === 0) return;
    for (const part of signatureParts(signature)) {
      const place = this.signatures.length;
      if (linkIndex(place, 0) === this.next.length) this.enlarge();
      this.signatures.push(signature);
      this.parts.push(part);
      this.owners.push(owner);
      this.chain(place);
    }
  }

  /** Calls `visit` once for each text with an overlap of at least `sameText`, newest first within a band. */
  eachCopy(signature: Uint16Array, visit: (owner: T, overlap: number) => void): void {
    if (signature.length === 0) return;
    const seen = new Set<T>();
    for (const part of signatureParts(signature)) this.eachNear(part, signature, seen, visit);
  }

  private eachNear(
    part: Uint16Array,
    signature: Uint16Array,
    seen: Set<T>,
    visit: (owner: T, overlap: number) => void,
  ): void {
    for (let band = 0; band < bands; band += 1) {
      const mark = hashBand(part, band);
      let place = this.heads[this.slot(mark, band)]!;
      for (let steps = 0; place >= 0 && steps < MAX_COMPARED; steps += 1) {
        const link = linkIndex(place, band);
        const owner = this.owners[place]!;
        if (this.next[link + 1] === mark && !seen.has(owner)) {
          seen.add(owner);
          const shared = overlap(signature, this.signatures[place]!);
          if (shared >= sameText) visit(owner, shared);
        }
        place = this.next[link]!;
      }
    }
  }

  private chain(place: number): void {
    const part = this.parts[place]!;
    for (let band = 0; band < bands; band += 1) {
      const mark = hashBand(part, band);
      const slot = this.slot(mark, band);
      this.next[linkIndex(place, band)] = this.heads[slot]!;
      this.next[linkIndex(place, band) + 1] = mark;
      this.heads[slot] = place;
    }
  }

  private slot(mark: number, band: number): number {
    const size = this.heads.length / bands; // a power of two
    return band * size + (mark & (size - 1));
  }

  private enlarge(): void {
    this.heads = new Int32Array(this.heads.length * 2).fill(-1);
    this.next = new Int32Array(this.next.length * 2);
    for (let place = 0; place < this.signatures.length; place += 1) this.chain(place);
  }
}

function linkIndex(place: number, band: number): number {
  return 2 * (place * bands + band);
}

function hashBand(signature: Uint16Array, band: number): number {
  const at = band * rows;
  const low = signature[at]! | (signature[at + 1]! << 16);
  const high = signature[at + 2]! | (signature[at + 3]! << 16);
  return mixBits(low ^ Math.imul(high, 0x9e3779b1));
}
