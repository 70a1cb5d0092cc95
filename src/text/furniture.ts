/** Detects sentences and lines that a source adds to many articles, such as "Follow us on Facebook", and removes them. */
import { lettersOnly, plainLines } from './plain.js';

export const LINE_KEY_LENGTH = 7;
/** Different articles that share a sentence. */
const FEWEST = 3;
/** Keys of an article, half of them from its end, and of a source. */
const MOST_KEYS = 32;
const MOST_KNOWN = 300;
/** In characters. A shorter sentence, such as "Why not?", may recur by chance. */
const SHORTEST = 20;
const SHORTEST_UNSPACED = 8;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** A value, such as "Severity: high", may be equal in many articles. */
const FACT = /^[^:：]{1,40}(?::\s|：)(?!\S*:\/\/)[^:：]{1,40}$/;
const ENDS_SENTENCE = /[.!?…。！？।؟]["'”’»)\]]*$/;

export interface RepeatableText {
  /** Distinguishes articles from versions of one article. */
  readonly headline: string;
  readonly lines: readonly string[];
  /** The texts of `lines`; missing: not at hand. */
  readonly texts?: readonly string[];
}

/** Keys of the sentences and lines of an article. */
export function listLineKeys(texts: readonly string[]): string[] {
  const hashes = new Set<number>();
  for (const text of new Set(texts))
    eachPart(text, (start, end, hash) => {
      if (canRepeat(text, start, end)) hashes.add(hash);
    });
  const all = [...hashes];
  const some = all.length <= MOST_KEYS ? all : [...all.slice(0, MOST_KEYS / 2), ...all.slice(-MOST_KEYS / 2)];
  return some.map(toKey);
}

/** A line without a full stop may be short: "Markets". */
function canRepeat(text: string, start: number, end: number): boolean {
  if (end - start > 80) return true;
  const part = text.slice(start, end);
  if (part.length >= SHORTEST) return !/[:：]/.test(part) || !FACT.test(part);
  if (ENDS_SENTENCE.test(part)) return part.length >= SHORTEST_UNSPACED && UNSPACED.test(part);
  return !FACT.test(part) && (/\p{L}{2}/u.test(part) || !/[\p{L}\p{N}]/u.test(part));
}

const [NEWLINE, SPACE, END, UNSPACED_END, CLOSING] = [1, 2, 3, 4, 5];
/** By UTF-16 code unit; 0: any other. */
const KINDS = new Uint8Array(0x10000);
for (const [kind, signs] of [
  [NEWLINE, '\n'],
  [SPACE, ' '],
  [END, '.!?…।؟۔'],
  [UNSPACED_END, '。！？｡'],
  [CLOSING, `"'”’»)]`],
] as const)
  for (const sign of signs) KINDS[sign.charCodeAt(0)] = kind;
/** FNV-1a. */
const [SEED, PRIME] = [0x811c9dc5, 0x01000193];

type VisitPart = (start: number, end: number, hash: number) => void;

/** Visits each line, and the sentences of lines that have several. Lines have single spaces (`plainLines`). */
function eachPart(text: string, visit: VisitPart): void {
  let [line, lineHash, sentence, sentenceHash, isEnded] = [0, SEED, 0, SEED, false];
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 10;
    const kind = KINDS[code];
    if (kind !== NEWLINE) lineHash = Math.imul(lineHash ^ code, PRIME);
    if (kind === NEWLINE || kind === UNSPACED_END || (kind === SPACE && isEnded)) {
      const end = kind === UNSPACED_END ? at + 1 : at;
      if (end > at) sentenceHash = Math.imul(sentenceHash ^ code, PRIME);
      if (end > sentence && (kind !== NEWLINE || sentence > line)) visit(sentence, end, sentenceHash);
      if (kind === NEWLINE && at > line) visit(line, at, lineHash);
      sentence = at + 1;
      sentenceHash = SEED;
      isEnded = false;
      if (kind === NEWLINE) line = sentence;
      if (kind === NEWLINE) lineHash = SEED;
    } else {
      sentenceHash = Math.imul(sentenceHash ^ code, PRIME);
      isEnded = (kind === END && !isInitial(text, at)) || (isEnded && kind === CLOSING);
    }
  }
}

/** "U.S.", "n.a.v.": the full stop after a single letter may not end a sentence. */
function isInitial(text: string, at: number): boolean {
  return text[at] === '.' && (at < 2 || /[\s.(]/.test(text[at - 2]!));
}

/** Of fixed length. */
function toKey(hash: number): string {
  return (hash >>> 0).toString(36).padStart(LINE_KEY_LENGTH, '0');
}

/** Sorted keys that three articles share, and those of `before`. The order of the texts does not matter. */
export function findFurniture(texts: readonly RepeatableText[], before: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { lines } of texts) for (const key of lines) counts.set(key, (counts.get(key) ?? 0) + 1);
  const known = new Set(before);
  const shared = new Map<string, string[]>();
  for (const [key, count] of counts) if (count >= FEWEST && !known.has(key)) shared.set(key, []);
  if (shared.size === 0) return before;
  for (const text of texts) {
    const unrelated = text.lines.filter((key) => shared.has(key));
    const about = unrelated.length === 0 ? [] : listKeysAbout(text);
    for (const key of unrelated) if (!about.includes(key)) shared.get(key)!.push(text.headline);
  }
  const found = [...shared].flatMap(([key, headlines]) => (areDifferent(headlines) ? key : []));
  const rest = before.filter((key) => !counts.has(key));
  const current = before.filter((key) => counts.has(key));
  return [...current, ...found.sort(), ...rest].slice(0, MOST_KNOWN).sort();
}

/** Sentences with two words of the headline: several articles about an event may share them. */
function listKeysAbout({ headline, texts = [] }: RepeatableText): string[] {
  const words = listStems(headline);
  const keys: string[] = [];
  for (const text of texts)
    eachPart(text, (start, end, hash) => {
      const common = [...listStems(text.slice(start, end))].filter((word) => words.has(word));
      if (common.length > 1) keys.push(toKey(hash));
    });
  return keys;
}

function listStems(text: string): ReadonlySet<string> {
  const words = lettersOnly(text).split(' ');
  return new Set(words.filter((word) => word.length > 3).map((word) => word.slice(0, 5)));
}

/** "UPDATE 2-Oil rises" is the article "UPDATE 1-Oil rises". */
function areDifferent(headlines: readonly string[]): boolean {
  const different: ReadonlySet<string>[] = [];
  for (const headline of [...headlines].sort()) {
    const words = new Set(lettersOnly(headline).split(' '));
    if (!different.some((other) => isVersion(words, other))) different.push(words);
    if (different.length === FEWEST) return true;
  }
  return false;
}

function isVersion(words: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const common = [...words].filter((word) => other.has(word)).length;
  return common >= 0.7 * (words.size + other.size - common);
}

/** @param text one paragraph per line. */
export function removeFurniture(text: string, furniture: ReadonlySet<string>): string {
  const dropped: (readonly [number, number])[] = [];
  eachPart(text, (start, end, hash) => {
    if (furniture.has(toKey(hash))) dropped.push([start, end]);
  });
  let [left, from] = ['', 0];
  for (const [start, end] of dropped.sort(([a, b], [c, d]) => a - c || d - b)) {
    if (start >= from) left += text.slice(from, start);
    from = Math.max(from, end);
  }
  return plainLines(left + text.slice(from));
}
