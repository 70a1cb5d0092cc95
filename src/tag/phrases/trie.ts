/** Stores all phrases in a trie by word, which also defines how words are compared. */
import type { Gap } from '../../text/words.js';
import { exactForm, type Phrase, type PhraseCase, type PhraseWord } from './phrase.js';

export interface TrieNode {
  forms: Map<string, TrieNode> | null;
  exact: Map<string, TrieNode> | null;
  prefixes: Map<string, TrieNode> | null;
  ends: End[] | null;
}

interface End {
  readonly phrase: number;
  readonly gap: Gap;
  readonly case: PhraseCase;
}

export const newTrieNode = (): TrieNode => ({ forms: null, exact: null, prefixes: null, ends: null });

/** Adds a phrase; `keys` returns the keys of a word that is compared by its forms. */
export function addPhrase(
  root: TrieNode,
  phrase: Phrase,
  index: number,
  keys: (word: string) => readonly string[],
): void {
  let nodes = [root];
  for (const word of phrase.words) {
    const next = new Set(nodes.flatMap((node) => branches(node, word, keys)));
    nodes = [...next];
  }
  for (const node of nodes) {
    node.ends ??= [];
    node.ends.push({ phrase: index, gap: phrase.gap, case: phrase.case });
  }
}

const branchNames = { forms: 'forms', exact: 'exact', prefix: 'prefixes' } as const;

function branches(node: TrieNode, { word, match }: PhraseWord, keys: (word: string) => readonly string[]): TrieNode[] {
  const map = node[branchNames[match]] ?? new Map<string, TrieNode>();
  node[branchNames[match]] = map;
  return (match === 'forms' ? keys(word) : [exactForm(word)]).map((key) => branch(map, key));
}

function branch(map: Map<string, TrieNode>, key: string): TrieNode {
  const known = map.get(key);
  if (known) return known;
  const fresh = newTrieNode();
  map.set(key, fresh);
  return fresh;
}

/** A node with the branches of all. Words outside this node match none of them. */
export function mergedNodes(root: TrieNode): TrieNode {
  const merged = newTrieNode();
  const seen = new Set([root]);
  for (const node of seen) {
    for (const name of Object.values(branchNames)) {
      for (const [key, next] of node[name] ?? []) {
        merged[name] ??= new Map<string, TrieNode>();
        merged[name].set(key, next);
        seen.add(next);
      }
    }
  }
  return merged;
}

/** A word of a text in the forms that are compared. */
export interface Comparable {
  readonly keys: readonly string[];
  readonly exact: string;
  /** `CEOs` → `ceo`; null: not such a plural. */
  readonly singular: string | null;
}

/** Maximum length in letters of a prefix. */
const longestPrefix = 60;

/** All nodes reached by a word. */
export function step(node: TrieNode, word: Comparable): TrieNode[] {
  const next: TrieNode[] = [];
  if (node.forms) for (const key of word.keys) collect(node.forms.get(key), next);
  if (node.exact) {
    collect(node.exact.get(word.exact), next);
    if (word.singular !== null) collect(node.exact.get(word.singular), next);
  }
  if (node.prefixes) {
    const longest = Math.min(word.exact.length, longestPrefix);
    for (let end = 1; end <= longest; end += 1) collect(node.prefixes.get(word.exact.slice(0, end)), next);
  }
  return next;
}

function collect(node: TrieNode | undefined, into: TrieNode[]): void {
  if (node && !into.includes(node)) into.push(node);
}

/** Whether a phrase may continue after this node. */
export function canContinue(node: TrieNode): boolean {
  return node.forms !== null || node.exact !== null || node.prefixes !== null;
}
