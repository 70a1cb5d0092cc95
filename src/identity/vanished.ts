/** Finds articles that were withdrawn without notice: those missing from the middle of their source's document. */
import type { ArticleRef } from '../model/article.js';
import type { ReadEntry } from '../model/source.js';

export interface Vanished {
  /** Missing in the second successful read in a row. */
  readonly withdrawn: readonly ArticleRef[];
  readonly lastRead: readonly ReadEntry[];
  /** A warning if so many vanished at once that the feed is probably broken; else null. */
  readonly refused: string | null;
}

/** Number of successful reads in which an article must be missing. */
const READS = 2;
/** A larger share that vanishes at once is treated as an error of the feed. */
const PURGE = 0.3;
/** Share of entries in date order below which a list is ranked ("most read") and may lose items anywhere. */
const IN_ORDER = 0.9;

/**
 * @param previous entries of the last good document, with those already missing from it
 * @param present entries of this document, in order. An empty document has no effect.
 */
export function findVanished(
  previous: readonly ReadEntry[],
  present: readonly ReadEntry[],
  isCarriedElsewhere: (ref: ArticleRef) => boolean,
): Vanished {
  if (present.length === 0) return { withdrawn: [], lastRead: previous, refused: null };
  const here = new Set(present.map((entry) => entry.ref));
  const missing = isInTimeOrder(previous) ? findMissing(previous, here) : [];
  const newly = missing.filter((entry) => entry.missing === 0);
  const before = previous.filter((entry) => entry.missing === 0).length;
  if (newly.length > before * PURGE) {
    const refused = `${newly.length} of ${before} articles vanished from the document at once: treated as an error of the feed, nothing withdrawn`;
    return { withdrawn: [], lastRead: present, refused };
  }
  const counted = missing
    .filter((entry) => !isCarriedElsewhere(entry.ref))
    .map((entry) => ({ ...entry, missing: entry.missing + 1 }));
  const withdrawn = counted.filter((entry) => entry.missing >= READS).map((entry) => entry.ref);
  const waiting = counted.filter((entry) => entry.missing < READS);
  return { withdrawn, lastRead: insertWaiting(present, waiting), refused: null };
}

/** For the editor's own files: a missing article is withdrawn at once, without a limit. */
export function findDeletedEntries(previous: readonly ReadEntry[], present: readonly ReadEntry[]): Vanished {
  const here = new Set(present.map((entry) => entry.ref));
  const withdrawn = previous.map(({ ref }) => ref).filter((ref) => !here.has(ref));
  return { withdrawn, lastRead: present, refused: null };
}

/** After a 304 the document is unchanged: missing articles are missing once more. */
export function countStillMissing(
  previous: readonly ReadEntry[],
  isCarriedElsewhere: (ref: ArticleRef) => boolean,
): Vanished {
  if (previous.every((entry) => entry.missing === 0)) return { withdrawn: [], lastRead: previous, refused: null };
  return findVanished(
    previous,
    previous.filter((entry) => entry.missing === 0),
    isCarriedElsewhere,
  );
}

/** Missing entries with an older entry that is still present. The others became too old for the document. */
function findMissing(previous: readonly ReadEntry[], here: ReadonlySet<ArticleRef>): ReadEntry[] {
  const missing: ReadEntry[] = [];
  let oldestPresent = Number.POSITIVE_INFINITY;
  for (const entry of toFallingOrder(previous).reverse()) {
    if (here.has(entry.ref)) oldestPresent = Math.min(oldestPresent, entry.publishedAt);
    else if (oldestPresent <= entry.publishedAt) missing.push(entry);
  }
  return missing.reverse();
}

/** Some documents are in ascending order. */
function isRising(entries: readonly ReadEntry[]): boolean {
  const rising = toPairs(entries).filter(([a, b]) => a.publishedAt < b.publishedAt).length;
  const falling = toPairs(entries).filter(([a, b]) => a.publishedAt > b.publishedAt).length;
  return rising > falling;
}

function toFallingOrder(entries: readonly ReadEntry[]): ReadEntry[] {
  return isRising(entries) ? [...entries].reverse() : [...entries];
}

function isInTimeOrder(entries: readonly ReadEntry[]): boolean {
  const ordered = toPairs(toFallingOrder(entries)).filter(([a, b]) => a.publishedAt >= b.publishedAt).length;
  return ordered >= (entries.length - 1) * IN_ORDER;
}

function toPairs(entries: readonly ReadEntry[]): [ReadEntry, ReadEntry][] {
  return entries.slice(1).map((entry, i) => [entries[i] as ReadEntry, entry]);
}

/** Inserts missing entries among the present ones by date. */
function insertWaiting(present: readonly ReadEntry[], waiting: readonly ReadEntry[]): ReadEntry[] {
  const woven = toFallingOrder(present);
  for (const entry of waiting) {
    const at = woven.findIndex((other) => other.publishedAt <= entry.publishedAt);
    woven.splice(at < 0 ? woven.length : at, 0, entry);
  }
  return isRising(present) ? woven.reverse() : woven;
}
