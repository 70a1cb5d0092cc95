/** Matches phrases in scripts without spaces: by character, then only at word boundaries found by dictionary. */
import { segmentRun } from '../../text/words.js';
import type { PhraseHit } from './hit.js';
import { foldRunLetter, type Phrase } from './phrase.js';

interface RunNode {
  readonly next: Map<string, RunNode>;
  readonly ends: { readonly phrase: number; readonly open: boolean }[];
}

export type RunTrie = RunNode;

const newRunNode = (): RunNode => ({ next: new Map(), ends: [] });

/** A trie of the characters of all phrases that are runs; null: none. */
export function runTrie(phrases: readonly Phrase[]): RunTrie | null {
  const root = newRunNode();
  phrases.forEach(({ run, open }, phrase) => {
    if (run === null || run === '') return;
    let node = root;
    for (const letter of run) node = runBranch(node, letter);
    node.ends.push({ phrase, open });
  });
  return root.next.size > 0 ? root : null;
}

function runBranch(node: RunNode, letter: string): RunNode {
  const known = node.next.get(letter);
  if (known) return known;
  const fresh = newRunNode();
  node.next.set(letter, fresh);
  return fresh;
}

/** `text` from `begin` to `end` ends with the run from `start`. Matches may cross its ends (AI規制, アップル2). */
export function findRuns(
  trie: RunTrie,
  text: string,
  edgesAt: EdgesAt,
  begin: number,
  start: number,
  end: number,
  place: number,
  paragraph: number,
  hits: PhraseHit[],
): void {
  for (let from = begin; from < end; from += 1) {
    for (const found of findPhraseEnds(trie, text, from)) {
      const edges = edgesAt(from); // only if characters match, because segmenting is slow
      if (!edges.has(from) || !(found.open || edges.has(found.end))) continue;
      const first = from < start ? Math.max(0, place - 1) : place + ((from - start) >> 1);
      hits.push({
        phrase: found.phrase,
        offset: from,
        end: found.end,
        first,
        last: place + ((found.end - 1 - start) >> 1),
        paragraph,
      });
    }
  }
}

function findPhraseEnds(trie: RunTrie, text: string, from: number): { phrase: number; open: boolean; end: number }[] {
  const found: { phrase: number; open: boolean; end: number }[] = [];
  let node: RunNode | undefined = trie;
  let at = from;
  while (at < text.length) {
    const letter = String.fromCodePoint(text.codePointAt(at)!);
    node = node.next.get(foldRunLetter(letter));
    if (!node) break;
    at += letter.length;
    for (const end of node.ends) found.push({ ...end, end: at });
  }
  return found;
}

type EdgesAt = (at: number) => ReadonlySet<number>;

/** Suffixes that form another word (人民币, 経済学), although dictionaries may put a boundary there. */
const derives = /^[币幣化性者学學家语語教]$/u;

/** Boundaries of words, requested in order. Segments the whole line: its context improves the result. */
export function wordEdges(text: string): EdgesAt {
  let lineEnd = -1;
  let edges = new Set<number>();
  return (at) => {
    if (at < lineEnd) return edges;
    const from = text.lastIndexOf('\n', at) + 1;
    const to = text.indexOf('\n', at);
    lineEnd = to < 0 ? text.length : to;
    edges = new Set([lineEnd]);
    for (const { segment, index } of segmentRun(text.slice(from, lineEnd)))
      if (!derives.test(segment)) edges.add(from + index);
    return edges;
  };
}
