/** Finds texts that are nearly the same without comparing all with all: locality-sensitive hashing, 16 bands of 4 hashes. */
import { overlap, sameText } from './minhash.js';
import { mixed } from './term.js';

const bands = 16;
const rows = 4;
/** A text that hundreds repeat is found by its newest copies. */
const looked = 64;

/** Signatures with what they belong to. Jaccard 0.6 is found with 0.89, 0.8 with 0.9998. */
export class CopyTable<T> {
  private readonly signatures: Uint16Array[] = [];
  private readonly owners: T[] = [];
  private heads = new Int32Array(bands * 512).fill(-1);
  private next = new Int32Array(bands * 512);
  private seen = new Int32Array(512);
  private turn = 0;

  add(signature: Uint16Array, owner: T): void {
    if (signature.length === 0) return;
    if ((this.signatures.length + 1) * bands > this.next.length) this.enlarge();
    this.signatures.push(signature);
    this.owners.push(owner);
    this.chain(this.signatures.length - 1);
  }

  /** Calls `visit` once for each text that overlaps by `sameText` or more, newest first within a band. */
  eachCopy(signature: Uint16Array, visit: (owner: T, overlap: number) => void): void {
    if (signature.length === 0) return;
    this.turn += 1;
    for (let band = 0; band < bands; band += 1) {
      let place = this.heads[this.slot(signature, band)]!;
      for (let steps = 0; place >= 0 && steps < looked; steps += 1) {
        if (this.seen[place] !== this.turn) {
          this.seen[place] = this.turn;
          const shared = overlap(signature, this.signatures[place]!);
          if (shared >= sameText) visit(this.owners[place]!, shared);
        }
        place = this.next[place * bands + band]!;
      }
    }
  }

  private chain(place: number): void {
    const signature = this.signatures[place]!;
    for (let band = 0; band < bands; band += 1) {
      const slot = this.slot(signature, band);
      this.next[place * bands + band] = this.heads[slot]!;
      this.heads[slot] = place;
    }
  }

  private slot(signature: Uint16Array, band: number): number {
    const at = band * rows;
    const low = signature[at]! | (signature[at + 1]! << 16);
    const high = signature[at + 2]! | (signature[at + 3]! << 16);
    const size = this.heads.length / bands; // a power of two
    return band * size + (mixed(low ^ Math.imul(high, 0x9e3779b1)) & (size - 1));
  }

  private enlarge(): void {
    this.heads = new Int32Array(this.heads.length * 2).fill(-1);
    this.next = new Int32Array(this.next.length * 2);
    const seen = new Int32Array(this.seen.length * 2);
    seen.set(this.seen);
    this.seen = seen;
    for (let place = 0; place < this.signatures.length; place += 1) this.chain(place);
  }
}
