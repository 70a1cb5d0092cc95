/** Proposes phrases for topics that were folders, from the categories of their feeds or from the folder name. */
import { loadTable } from '../data/load.js';
import type { OpmlFolder } from '../text/opml-folders.js';
import { plainLine } from '../text/plain.js';

/** A feed with its folders and the categories of each item. */
export interface CategorizedFeed {
  readonly topics: readonly string[];
  readonly items: readonly (readonly string[])[];
}

export interface ProposedTopic extends OpmlFolder {
  /** Phrases in config syntax. */
  readonly any?: readonly string[];
  readonly map?: readonly { readonly category: string }[];
}

const MOST_PHRASES = 8;
/** Minimum number of items in the folder with the category. */
const LEAST_ITEMS = 3;
/** Minimum share of a category's items that are in the folder. */
const LEAST_SHARE = 0.75;
const LONGEST = 40;

/** Falls back to the words of the folder name if its feeds are unavailable or have no distinctive categories. */
export function proposePhrases(folders: readonly OpmlFolder[], feeds: readonly CategorizedFeed[]): ProposedTopic[] {
  const counts = countCategories(feeds);
  return folders.map((folder) => {
    const found = selectCategories(folder.id, counts);
    if (found.length > 0) return { ...folder, any: found, map: found.map((category) => ({ category })) };
    const words = splitFolderName(folder.label);
    return words.length === 0 ? folder : { ...folder, any: words };
  });
}

interface CategoryCount {
  /** As first written. */
  readonly label: string;
  readonly byTopic: Map<string, number>;
  all: number;
}

function countCategories(feeds: readonly CategorizedFeed[]): CategoryCount[] {
  const counts = new Map<string, CategoryCount>();
  for (const { topics, items } of feeds)
    for (const categories of items)
      for (const label of new Set(categories.map(toPhrase))) {
        if (label === null) continue;
        const known = counts.get(label.toLowerCase()) ?? { label, byTopic: new Map(), all: 0 };
        counts.set(label.toLowerCase(), known);
        known.all += 1;
        for (const topic of topics) known.byTopic.set(topic, (known.byTopic.get(topic) ?? 0) + 1);
      }
  return [...counts.values()];
}

function selectCategories(topic: string, counts: readonly CategoryCount[]): string[] {
  const count = (one: CategoryCount) => one.byTopic.get(topic) ?? 0;
  return counts
    .filter((one) => count(one) >= LEAST_ITEMS && count(one) >= one.all * LEAST_SHARE)
    .sort((a, b) => count(b) - count(a) || (a.label < b.label ? -1 : 1))
    .slice(0, MOST_PHRASES)
    .map(({ label }) => label);
}

/** null: a generic category, or one that cannot be a phrase. */
function toPhrase(category: string): string | null {
  const line = plainLine(category)
    .replace(/^[#=!~_]+|[*]+$/g, '')
    .trim();
  if (line.length < 2 || line.length > LONGEST || !/\p{L}/u.test(line) || /[:/|{}]/.test(line)) return null;
  return GENERIC_NAMES.has(line.toLowerCase()) ? null : line;
}

/** Splits names such as `Science & Tech`. */
function splitFolderName(label: string): string[] {
  const parts = label
    .replace(/\s*[([][^)\]]*[)\]]/g, '')
    .split(/\s*[&/,+|·]\s*|\s+(?:and|und|et|y|[-–—])\s+/i)
    .flatMap((part) => toPhrase(part) ?? []);
  return parts.filter((part) => part.split(' ').length <= 3);
}

/** Generic names of categories and folders, in lower case. */
const GENERIC_NAMES: ReadonlySet<string> = new Set(loadTable<readonly string[]>('folder-names'));
