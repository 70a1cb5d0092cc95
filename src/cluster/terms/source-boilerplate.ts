/** Words that one source adds to every article ("sign up for our newsletter"): they say nothing of what happened. */
import { mixed } from './term.js';

const rows = 2;
const cells = 1024;
/** After so many articles all counts are halved: boilerplate changes. */
const memory = 20_000;

/** Counts terms of one source in a sketch of fixed size (count-min, Cormode and Muthukrishnan 2005): never too low, seldom too high. */
export class SourceBoilerplate {
  private articles = 0;
  private readonly sketch = new Uint16Array(rows * cells);

  /** Counts an article by its different terms. */
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

  /** True for a term that a third of its articles hold, once there are enough articles. */
  has(term: number): boolean {
    if (this.articles < 20) return false;
    return Math.min(this.sketch[cellOf(term, 0)]!, this.sketch[cellOf(term, 1)]!) > this.articles / 3;
  }

  /** What `SourceBoilerplate.from` reads: little-endian 16-bit numbers, the articles first. */
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
