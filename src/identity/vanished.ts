/** What a publisher took back without saying so: articles that vanish from the middle of their source's document. */
import type { ArticleRef } from '../model/article.js';
import type { ReadEntry } from '../model/source.js';

export interface Vanished {
  /** Missing for the second good read in a row. */
  readonly withdrawn: readonly ArticleRef[];
  /** What the next read is held against. */
  readonly lastRead: readonly ReadEntry[];
  /** Set where so much vanished at once that it is a broken feed and no purge. */
  readonly refused: string | null;
}

/** Good reads that an article must be missing from. */
const READS = 2;
/** A larger share vanishing at once is a fault of the feed. */
const PURGE = 0.3;
/** Documents sorted by rank ("most read") lose items from their middle every hour; only a list in order of time has an old end. */
const IN_ORDER = 0.9;

/**
 * @param previous the last good document, with what was missing from it then
 * @param present this document, in its order; empty documents say nothing
 * @param isCarriedElsewhere whether another source still carries an article
 */
export function vanished(
  previous: readonly ReadEntry[],
  present: readonly ReadEntry[],
  isCarriedElsewhere: (ref: ArticleRef) => boolean,
): Vanished {
  if (present.length === 0) return { withdrawn: [], lastRead: previous, refused: null };
  const here = new Set(present.map((entry) => entry.ref));
  const missing = inTimeOrder(previous) ? missingFromMiddle(previous, here) : [];
  const newly = missing.filter((entry) => entry.missing === 0);
  const before = previous.filter((entry) => entry.missing === 0).length;
  if (newly.length > before * PURGE) {
    const refused = `${newly.length} of ${before} articles vanished from the document at once: taken for a fault, nothing withdrawn`;
    return { withdrawn: [], lastRead: present, refused };
  }
  const counted = missing
    .filter((entry) => !isCarriedElsewhere(entry.ref))
    .map((entry) => ({ ...entry, missing: entry.missing + 1 }));
  const withdrawn = counted.filter((entry) => entry.missing >= READS).map((entry) => entry.ref);
  const waiting = counted.filter((entry) => entry.missing < READS);
  return { withdrawn, lastRead: weave(present, waiting), refused: null };
}

/** A 304 says that the document is as it was: what was missing is missing again. */
export function stillMissing(
  previous: readonly ReadEntry[],
  isCarriedElsewhere: (ref: ArticleRef) => boolean,
): Vanished {
  if (previous.every((entry) => entry.missing === 0)) return { withdrawn: [], lastRead: previous, refused: null };
  return vanished(
    previous,
    previous.filter((entry) => entry.missing === 0),
    isCarriedElsewhere,
  );
}

/** Those with an older neighbour that is still there; the rest fell off the old end. */
function missingFromMiddle(previous: readonly ReadEntry[], here: ReadonlySet<ArticleRef>): ReadEntry[] {
  const missing: ReadEntry[] = [];
  let oldestPresent = Number.POSITIVE_INFINITY;
  for (const entry of inFallingOrder(previous).reverse()) {
    if (here.has(entry.ref)) oldestPresent = Math.min(oldestPresent, entry.publishedAt);
    else if (oldestPresent <= entry.publishedAt) missing.push(entry);
  }
  return missing.reverse();
}

/** Some documents are written oldest first. */
function inFallingOrder(entries: readonly ReadEntry[]): ReadEntry[] {
  const rising = pairs(entries).filter(([a, b]) => a.publishedAt < b.publishedAt).length;
  const falling = pairs(entries).filter(([a, b]) => a.publishedAt > b.publishedAt).length;
  return rising > falling ? [...entries].reverse() : [...entries];
}

function inTimeOrder(entries: readonly ReadEntry[]): boolean {
  const ordered = pairs(inFallingOrder(entries)).filter(([a, b]) => a.publishedAt >= b.publishedAt).length;
  return ordered >= (entries.length - 1) * IN_ORDER;
}

function pairs(entries: readonly ReadEntry[]): [ReadEntry, ReadEntry][] {
  return entries.slice(1).map((entry, i) => [entries[i] as ReadEntry, entry]);
}

/** What is missing keeps its place among its neighbours by date. */
function weave(present: readonly ReadEntry[], waiting: readonly ReadEntry[]): ReadEntry[] {
  const woven = [...present];
  for (const entry of waiting) {
    const at = woven.findIndex((other) => other.publishedAt <= entry.publishedAt);
    woven.splice(at < 0 ? woven.length : at, 0, entry);
  }
  return woven;
}
