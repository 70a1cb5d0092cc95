/** Finds thousands of phrases in a text in one walk: a trie over the forms of words, one for each language of articles. */
import { eachWord, type Gap, normalizeWord } from '../text/words.js';
import { phraseKeys, wordKeys } from './forms.js';
import { exactForm, type Phrase, type PhraseCase, type PhraseWord } from './phrase.js';
import { formLanguages, ruleLanguage } from './script.js';
import { findRuns, type RunTrie, runTrie } from './unspaced.js';

/** A phrase found in a text. */
export interface Hit {
  /** Index into the phrases given. */
  readonly phrase: number;
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly end: number;
  /** Place of its first and last word among the words of the text, counted over all paragraphs. */
  readonly first: number;
  readonly last: number;
  /** Number of the paragraph. */
  readonly paragraph: number;
}

export interface Found {
  readonly hits: readonly Hit[];
  /** Words read, for the length of an article. */
  readonly words: number;
}

export interface Matcher {
  /** All occurrences, overlapping ones too, in order of their ends. */
  find(text: string): Found;
}

/** A matcher for articles of one language (BCP 47), null where it is unknown. `languages`: those in use where it is. */
export function createMatcher(
  phrases: readonly Phrase[],
  language: string | null,
  languages: readonly string[],
): Matcher {
  const code = ruleLanguage(language);
  const root = newNode();
  phrases.forEach((phrase, index) => {
    if (phrase.words.length > 0 && isFor(phrase, code, languages))
      plant(root, phrase, index, (word) => keysOf(phraseKeys, word, code, languages));
  });
  const runs = runTrie(phrases);
  const read = reader(root, code, languages);
  return { find: (text) => walk(text, code, read, runs) };
}

// A name in one language is another word in the next (Maurice, gana): only where no language is known may all in use be meant.
function isFor({ language }: Phrase, code: string, languages: readonly string[]): boolean {
  return language === null || language === code || (code === '' && languages.includes(language));
}

// ── the trie ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Node {
  forms: Map<string, Node> | null;
  exact: Map<string, Node> | null;
  prefixes: Map<string, Node> | null;
  ends: End[] | null;
}

interface End {
  readonly phrase: number;
  readonly gap: Gap;
  readonly case: PhraseCase;
}

const newNode = (): Node => ({ forms: null, exact: null, prefixes: null, ends: null });

function plant(root: Node, phrase: Phrase, index: number, keys: (word: string) => readonly string[]): void {
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

const branchOf = { forms: 'forms', exact: 'exact', prefix: 'prefixes' } as const;

function branches(node: Node, { word, match }: PhraseWord, keys: (word: string) => readonly string[]): Node[] {
  const map = node[branchOf[match]] ?? new Map<string, Node>();
  node[branchOf[match]] = map;
  return (match === 'forms' ? keys(word) : [exactForm(word)]).map((key) => branch(map, key));
}

function branch(map: Map<string, Node>, key: string): Node {
  const known = map.get(key);
  if (known) return known;
  const fresh = newNode();
  map.set(key, fresh);
  return fresh;
}

// ── words of a text ─────────────────────────────────────────────────────────────────────────────────────────────────

/** A word as written, with all that the walk asks about it. */
interface Word {
  readonly keys: readonly string[];
  readonly exact: string;
  /** `CEOs` → `ceo`; else null. */
  readonly singular: string | null;
  readonly shape: 'capitals' | 'capital' | 'small';
  /** Where phrases begin with it; null: nowhere, as with most words. */
  readonly starts: readonly Node[] | null;
}

const memoSize = 200_000;

// Most words of the news have been seen before: what is known of one is kept, so that the walk costs one look-up a word.
function reader(root: Node, code: string, languages: readonly string[]): (raw: string) => Word {
  const memo = new Map<string, Word>();
  return (raw) => {
    const known = memo.get(raw);
    if (known) return known;
    const word = readWord(raw, root, code, languages);
    if (memo.size >= memoSize) memo.clear();
    memo.set(raw, word);
    return word;
  };
}

function readWord(raw: string, root: Node, code: string, languages: readonly string[]): Word {
  const word = normalizeWord(raw, code);
  const plural = /^\p{Lu}[\p{Lu}\p{N}]+s$/u.test(raw);
  const exact = exactForm(word);
  const bare: Word = {
    keys: keysOf(wordKeys, word, code, languages),
    exact,
    singular: plural ? exact.slice(0, -1) : null,
    shape: plural ? 'capitals' : shapeOf(raw),
    starts: null,
  };
  const starts = step(root, bare);
  return starts.length > 0 ? { ...bare, starts } : bare;
}

// One letter with a point ("U.") is not worth a shape of its own.
function shapeOf(raw: string): Word['shape'] {
  if (raw === raw.toLowerCase()) return 'small';
  return raw === raw.toUpperCase() ? 'capitals' : /^\p{Lu}\P{Lu}*$/u.test(raw) ? 'capital' : 'small';
}

// Where more than one language may be meant, each finds its own forms only.
function keysOf(
  keys: (word: string, language: string) => string[],
  word: string,
  code: string,
  languages: readonly string[],
): readonly string[] {
  const candidates = formLanguages(word, code, languages);
  if (candidates.length === 1) return keys(word, candidates[0]!);
  return candidates.flatMap((language) => keys(word, language).map((key) => `${language}:${key}`));
}

function step(node: Node, word: Word): Node[] {
  const next: Node[] = [];
  if (node.forms) for (const key of word.keys) collect(node.forms.get(key), next);
  if (node.exact) {
    collect(node.exact.get(word.exact), next);
    if (word.singular !== null) collect(node.exact.get(word.singular), next);
  }
  if (node.prefixes) {
    for (let end = 1; end <= word.exact.length; end += 1) collect(node.prefixes.get(word.exact.slice(0, end)), next);
  }
  return next;
}

function collect(node: Node | undefined, into: Node[]): void {
  if (node && !into.includes(node)) into.push(node);
}

// ── the walk ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A phrase that has begun. */
interface Thread {
  readonly node: Node;
  readonly offset: number;
  readonly first: number;
  readonly gap: Gap;
  readonly shape: Word['shape'];
}

function walk(text: string, code: string, read: (raw: string) => Word, runs: RunTrie | null): Found {
  const hits: Hit[] = [];
  const shouting = isShouting(text);
  let threads: Thread[] = [];
  let place = 0;
  let paragraph = 0;
  const visit = (raw: string, offset: number, gap: Gap) => {
    const word = read(raw);
    if (gap === 3) {
      paragraph += 1;
      if (threads.length > 0) threads = [];
    }
    if (threads.length > 0) threads = advance(threads, word, gap);
    if (word.starts)
      for (const node of word.starts) threads.push({ node, offset, first: place, gap: 0, shape: word.shape });
    for (const thread of threads) {
      if (!thread.node.ends) continue;
      for (const end of thread.node.ends) {
        if (thread.gap > end.gap || !fits(end.case, thread.shape, shouting)) continue;
        hits.push({
          phrase: end.phrase,
          offset: thread.offset,
          end: offset + raw.length,
          first: thread.first,
          last: place,
          paragraph,
        });
      }
    }
    place += 1;
  };
  const visitRun = (start: number, end: number, gap: Gap) => {
    if (gap === 3) paragraph += 1;
    threads = [];
    if (runs) findRuns(runs, text, start, end, place, paragraph, hits);
    place += Math.ceil((end - start) / 2); // two letters a word, near enough
  };
  eachWord(text, code, visit, visitRun);
  return { hits, words: place };
}

function advance(threads: readonly Thread[], word: Word, gap: Gap): Thread[] {
  const next: Thread[] = [];
  for (const thread of threads) {
    for (const node of step(thread.node, word))
      next.push({ ...thread, node, gap: gap > thread.gap ? gap : thread.gap });
  }
  return next;
}

function fits(letterCase: PhraseCase, shape: Word['shape'], shouting: boolean): boolean {
  if (letterCase === 'any') return true;
  if (letterCase === 'long' || letterCase === 'name') return shape !== 'small';
  return shape === 'capitals' && !shouting;
}

// In "WHO WILL LEAD US NOW" capitals say nothing. One word alone may be a name.
function isShouting(text: string): boolean {
  return text.length < 400 && text === text.toUpperCase() && /\p{Lu}.*[^\p{L}].*\p{Lu}{2}/u.test(text);
}
