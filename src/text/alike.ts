/** Compares two headlines for similarity, in any script. */
import { lettersOnly } from './plain.js';

/** Minimum share of common letter pairs (Dice). Different headlines for one event have about half. */
const ALIKE = 0.4;

export function areSimilarHeadlines(one: string, other: string): boolean {
  const [a, b] = [listPairs(one), listPairs(other)];
  if (a.size === 0 || b.size === 0) return one === other;
  const common = [...a].filter((pair) => b.has(pair)).length;
  return (2 * common) / (a.size + b.size) >= ALIKE;
}

function listPairs(text: string): ReadonlySet<string> {
  const letters = [...lettersOnly(text.slice(0, 500))];
  return new Set(letters.slice(1).map((letter, i) => letters[i]! + letter));
}
