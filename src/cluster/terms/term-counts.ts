/** Counts how many articles of a site contain each term: common terms do not distinguish stories. */

import { TermTable } from './term-table.js';

/** Maximum number of terms; the rarest are dropped first. */
const capacity = 32_768;
/** Number of articles after which all counts are halved, so that terms can become rare again. */
const memory = 50_000;

/** Counts for one language. The same articles in the same order give the same counts. */
export class TermCounts {
  articles = 0;
  private readonly counts = new TermTable();

  /** `terms`: the distinct terms of an article. */
  add(terms: Int32Array): void {
    this.articles += 1;
    for (const term of terms) this.counts.set(term, (this.counts.get(term) ?? 0) + 1);
    if (this.counts.size > capacity) this.forgetRarest();
    if (this.articles >= memory) this.halve();
  }

  count(term: number): number {
    return this.counts.get(term) ?? 0;
  }

  /** A lower bound of the share of articles with the term, 0-1: one standard deviation below the count. */
  share(term: number): number {
    const count = this.counts.get(term) ?? 0;
    return Math.max(0, count - 1 - Math.sqrt(count)) / (this.articles + 10);
  }

  private forgetRarest(): void {
    let least = 1;
    while (this.countAbove(least) > capacity / 2) least += 1;
    this.counts.change((count) => (count <= least ? 0 : count));
  }

  private countAbove(least: number): number {
    let terms = 0;
    this.counts.each((_, count) => {
      if (count > least) terms += 1;
    });
    return terms;
  }

  private halve(): void {
    this.articles = Math.floor(this.articles / 2);
    this.counts.change((count) => Math.floor(count / 2));
  }

  /** For `TermCounts.from`: little-endian 32-bit numbers: number of articles, then pairs of term and count. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(4 + this.counts.size * 8);
    const view = new DataView(bytes.buffer);
    view.setInt32(0, this.articles, true);
    let at = 4;
    this.counts.each((term, count) => {
      view.setInt32(at, term, true);
      view.setInt32(at + 4, count, true);
      at += 8;
    });
    return bytes;
  }

  static from(bytes: Uint8Array): TermCounts {
    const counts = new TermCounts();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    counts.articles = view.getInt32(0, true);
    for (let at = 4; at + 8 <= bytes.byteLength; at += 8)
      counts.counts.set(view.getInt32(at, true), view.getInt32(at + 4, true));
    return counts;
  }
}
