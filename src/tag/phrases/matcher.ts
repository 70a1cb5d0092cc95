/** Finds thousands of phrases in one pass over a text, with a trie of word forms per language. */
import { rememberWords } from '../../text/word-memo.js';
import { eachWord, type Gap, normalizeWord } from '../../text/words.js';
import type { FoundPhrases, PhraseHit } from './hit.js';
import { exactForm, type Phrase, type PhraseCase } from './phrase.js';
import { formLanguages, ruleLanguage } from './rule-language.js';
import { addPhrase, type Comparable, canContinue, mergedNodes, newTrieNode, step, type TrieNode } from './trie.js';
import { findRuns, type RunTrie, runTrie, wordEdges } from './unspaced-scripts.js';
import { phraseKeys, wordKeys } from './word-forms.js';

export interface Matcher {
  /** All matches, including overlapping ones, ordered by their ends. */
  find(text: string): FoundPhrases;
}

/** A matcher for articles in one language (BCP 47); null: unknown, and `languages` are tried. */
export function createMatcher(
  phrases: readonly Phrase[],
  language: string | null,
  languages: readonly string[],
): Matcher {
  const code = ruleLanguage(language);
  const root = newTrieNode();
  phrases.forEach((phrase, index) => {
    if (phrase.words.length > 0)
      addPhrase(root, phrase, index, (word) => computeFormKeys(phraseKeys, word, code, languages));
  });
  const runs = runTrie(phrases);
  const all = mergedNodes(root);
  const read: ReadMemo = rememberWords((raw) => readWord(raw, root, all, code, languages), memoSize);
  return { find: (text) => new Walk(text, code, read, runs).found() };
}

interface ReadWord extends Comparable {
  readonly raw: string;
  readonly shape: 'capitals' | 'capital' | 'small';
  /** Nodes of phrases that begin with it; null: none. */
  readonly starts: readonly TrieNode[] | null;
}

/** `readWord`, cached. */
type ReadMemo = (raw: string) => ReadWord | null;

const memoSize = 200_000;

/** null for most words: they are in no phrase. `all`: all words of all phrases. */
function readWord(
  raw: string,
  root: TrieNode,
  all: TrieNode,
  code: string,
  languages: readonly string[],
): ReadWord | null {
  const word = normalizeWord(raw, code);
  const plural = /^\p{Lu}[\p{Lu}\p{N}]+s$/u.test(raw);
  const exact = exactForm(word);
  const bare: ReadWord = {
    raw,
    keys: computeFormKeys(wordKeys, word, code, languages),
    exact,
    singular: plural ? exact.slice(0, -1) : null,
    shape: plural ? 'capitals' : detectShape(raw),
    starts: null,
  };
  if (step(all, bare).length === 0) return null;
  const starts = step(root, bare);
  return starts.length > 0 ? { ...bare, starts } : bare;
}

// A single letter with a period ("U.") counts as `capital`.
function detectShape(raw: string): ReadWord['shape'] {
  // a script without letter case: counts as a name
  if (raw === raw.toLowerCase()) return raw === raw.toUpperCase() ? 'capital' : 'small';
  return raw === raw.toUpperCase() ? 'capitals' : /^\p{Lu}\P{Lu}*$/u.test(raw) ? 'capital' : 'small';
}

/** Longer strings are not words, and would make the inflection rules slow. */
const longestWord = 60;

// If several languages are tried, keys contain theirs, so that forms of different languages do not match.
function computeFormKeys(
  keys: (word: string, language: string) => string[],
  word: string,
  code: string,
  languages: readonly string[],
): readonly string[] {
  if (word.length > longestWord) return [word];
  const candidates = formLanguages(word, code, languages);
  if (candidates.length === 1) return keys(word, candidates[0]!);
  return candidates.flatMap((language) => keys(word, language).map((key) => `${language}:${key}`));
}

/** A partially matched phrase. */
interface OpenPhrase {
  readonly node: TrieNode;
  readonly offset: number;
  readonly first: number;
  readonly gap: Gap;
  readonly shape: ReadWord['shape'];
}

class Walk {
  readonly #text: string;
  readonly #code: string;
  readonly #read: ReadMemo;
  readonly #runs: RunTrie | null;
  readonly #edgesAt: ReturnType<typeof wordEdges>;
  readonly #shouting: boolean;
  readonly #hits: PhraseHit[] = [];
  #threads: OpenPhrase[] = [];
  /** End of the last run in this paragraph, or the paragraph's beginning. */
  #begin = 0;
  #place = 0;
  #paragraph = 0;

  constructor(text: string, code: string, read: ReadMemo, runs: RunTrie | null) {
    this.#text = text;
    this.#code = code;
    this.#read = read;
    this.#runs = runs;
    this.#edgesAt = wordEdges(text);
    this.#shouting = isShouting(text);
  }

  found(): FoundPhrases {
    eachWord(
      this.#text,
      this.#code,
      (raw, offset, gap) => this.#word(this.#read(raw), offset, offset + raw.length, gap),
      (run, offset, gap) => this.#run(offset, offset + run.length, gap),
    );
    return { hits: this.#hits, words: this.#place };
  }

  #word(word: ReadWord | null, offset: number, end: number, gap: Gap): void {
    if (gap === 3) this.#nextParagraph(offset);
    if (this.#threads.length > 0) this.#advance(word, gap, end);
    if (word?.starts) {
      for (const node of word.starts) {
        this.#meet({ node, offset, first: this.#place, gap: 0, shape: word.shape }, end);
      }
    }
    this.#place += 1;
  }

  #nextParagraph(at: number): void {
    this.#paragraph += 1;
    this.#begin = at;
    this.#threads = [];
  }

  #advance(word: ReadWord | null, gap: Gap, end: number): void {
    const threads = this.#threads;
    this.#threads = [];
    if (word === null) return;
    for (const { node, offset, first, gap: widest, shape } of threads) {
      for (const next of step(node, word))
        this.#meet({ node: next, offset, first, gap: gap > widest ? gap : widest, shape }, end);
    }
  }

  #meet(thread: OpenPhrase, end: number): void {
    if (canContinue(thread.node)) this.#threads.push(thread);
    if (!thread.node.ends) return;
    const { offset, first } = thread;
    for (const { phrase, gap, case: letterCase } of thread.node.ends) {
      if (thread.gap > gap || !matchesCase(letterCase, thread.shape, this.#shouting)) continue;
      this.#hits.push({ phrase, offset, end, first, last: this.#place, paragraph: this.#paragraph });
    }
  }

  // Assumes two letters per word.
  #run(start: number, end: number, gap: Gap): void {
    if (gap === 3) this.#nextParagraph(start);
    this.#threads = [];
    if (this.#runs)
      findRuns(
        this.#runs,
        this.#text,
        this.#edgesAt,
        this.#begin,
        start,
        end,
        this.#place,
        this.#paragraph,
        this.#hits,
      );
    this.#begin = end;
    this.#place += Math.ceil((end - start) / 2);
  }
}

function matchesCase(letterCase: PhraseCase, shape: ReadWord['shape'], shouting: boolean): boolean {
  if (letterCase === 'any') return true;
  if (letterCase === 'long' || letterCase === 'name') return shape !== 'small';
  return shape === 'capitals' && !shouting;
}

// In "WHO WILL LEAD US NOW" capitals do not mark acronyms. A single word may be a name.
function isShouting(text: string): boolean {
  return (
    text.length < 400 &&
    !/[a-z]/.test(text) &&
    text === text.toUpperCase() &&
    /\p{Lu}[^\p{L}]+\p{Lu}/u.test(text) &&
    /\p{Lu}{2}/u.test(text)
  );
}
