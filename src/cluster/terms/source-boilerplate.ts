/** Finds words that a source adds to most articles ("sign up for our newsletter"), which say nothing about events. */
import { mixed } from './term.js';

const rows = 2;
const cells = 1024;
/** Number of articles after which all counts are halved, since boilerplate changes. */
const memory = 20_000;

/** Counts terms in a count-min sketch of fixed size (Cormode, Muthukrishnan 2005): never too low, rarely too high. */
export class SourceBoilerplate {
  private articles = 0;
  private readonly sketch = new Uint16Array(rows * cells);

  /** `terms`: the distinct terms of an article. */
  add(terms: Int32Array): void {
    this.articles += 1;
    for (const term of terms) {
      this.sketch[cellOf(term, 0)]! += 1;
      this.sketch[cellOf(term, 1)]! += 1;
    }
    if (this.articles < memory) return;
    this.articles >>= 1;
    for (let at = 0; at < this.sketch.length; at += 1) this.sketch[at]! >>= 1;
  }

  /** Whether more than a third of the source's articles contain the term; false until there are enough articles. */
  has(term: number): boolean {
    if (this.articles < 20) return false;
    return Math.min(this.sketch[cellOf(term, 0)]!, this.sketch[cellOf(term, 1)]!) > this.articles / 3;
  }

  /** For `SourceBoilerplate.from`: little-endian 16-bit numbers, first the number of articles. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(2 + this.sketch.length * 2);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, this.articles, true);
    for (let at = 0; at < this.sketch.length; at += 1) view.setUint16(2 + at * 2, this.sketch[at]!, true);
    return bytes;
  }

  static from(bytes: Uint8Array): SourceBoilerplate {
    const boilerplate = new SourceBoilerplate();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    boilerplate.articles = view.getUint16(0, true);
    for (let at = 0; at < boilerplate.sketch.length; at += 1) boilerplate.sketch[at] = view.getUint16(2 + at * 2, true);
    return boilerplate;
  }
}

function cellOf(term: number, row: 0 | 1): number {
  return row * cells + ((row === 0 ? term : mixed(term)) & (cells - 1));
}
