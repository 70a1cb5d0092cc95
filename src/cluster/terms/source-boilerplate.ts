/** Finds words and links that a source adds to most articles, such as "sign up for our newsletter". */
import { mixBits } from '../text/term.js';
import type { TermCounts } from './term-counts.js';

/** A word is boilerplate with this number and share of a source's articles, and this ratio to other sources. */
const minArticles = 5;
const minShare = 0.2;
const minRatio = 6;
const rows = 2;
const cells = 1024;
/** Number of articles after which all counts are halved, because boilerplate changes. */
const memory = 20_000;

/** Counts terms in a count-min sketch of fixed size (Cormode, Muthukrishnan 2005): never too low, rarely too high. */
export class SourceBoilerplate {
  articles = 0;
  private readonly sketch = new Uint16Array(rows * cells);

  /** `terms`: the distinct terms of an article; `pages`: the pages that it cites, which recur like words. */
  add(terms: Int32Array, pages: Int32Array): void {
    this.articles += 1;
    for (const list of [terms, pages]) {
      for (const term of list) {
        this.sketch[cellIndex(term, 0)]! += 1;
        this.sketch[cellIndex(term, 1)]! += 1;
      }
    }
    if (this.articles < memory) return;
    this.articles >>= 1;
    for (let at = 0; at < this.sketch.length; at += 1) this.sketch[at]! >>= 1;
  }

  /** In a fifth of the source's articles, and six times as common as in `site`: the counts of its language. */
  has(term: number, site: TermCounts): boolean {
    const count = Math.min(this.sketch[cellIndex(term, 0)]!, this.sketch[cellIndex(term, 1)]!);
    if (count < minArticles || count < this.articles * minShare) return false;
    const elsewhere = (site.count(term) - count) / Math.max(1, site.articles - this.articles);
    return count / this.articles >= minRatio * elsewhere;
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

function cellIndex(term: number, row: 0 | 1): number {
  return row * cells + ((row === 0 ? term : mixBits(term)) & (cells - 1));
}
