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

/** A value, such as "Severity: high", may be equal in many articles. */
const FACT = /^[^:：]{1,40}(?::\s|：)(?!\S*:\/\/)[^:：]{1,40}$/;
const ENDS_SENTENCE = /[.!?…।؟]["'”’»)\]]*$/;
/** After the space that ends a sentence. The full stop of "U.S." and "n.a.v." does not end one. */
const SENTENCE_START =
  /(?<=[.!?…।؟۔]["'”’»)\]]* )(?<![\s.(]\p{L}\. )|(?<=[。！？｡]["'”’»」』）)\]]*)(?!["'”’»」』）)\]])/u;

export interface RepeatableText {
  /** Distinguishes articles from versions of one article. */
  readonly headline: string;
  readonly lines: readonly string[];
  /** The texts of `lines`; missing: not at hand. */
  readonly texts?: readonly string[];
}

/** Keys of the sentences and lines of an article. */
export function listLineKeys(texts: readonly string[]): string[] {
  const keys = [...new Set(listParts(texts).filter(canRepeat).map(toKey))];
  return keys.length <= MOST_KEYS ? keys : [...keys.slice(0, MOST_KEYS / 2), ...keys.slice(-MOST_KEYS / 2)];
}

/** Lines, and the sentences of lines that have several. */
function listParts(texts: readonly string[]): string[] {
  const lines = [...new Set(texts.flatMap((text) => text.split('\n')))];
  return lines.flatMap((line) => {
    const sentences = line.split(SENTENCE_START);
    return sentences.length > 1 ? [line, ...sentences] : line;
  });
}

/** A line without a full stop may be short: "Markets". */
function canRepeat(part: string): boolean {
  if (part.length >= SHORTEST) return part.length > 80 || !FACT.test(part);
  const isWord = !ENDS_SENTENCE.test(part.trimEnd()) && !FACT.test(part);
  return isWord && (/\p{L}{2}/u.test(part) || !/[\p{L}\p{N}\s]/u.test(part));
}

/** FNV-1a, of fixed length. */
function toKey(part: string): string {
  const { length } = part.trimEnd();
  let hash = 0x811c9dc5;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ part.charCodeAt(at), 0x01000193);
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
    const about = unrelated.length === 0 ? [] : listKeysAbout(text, unrelated);
    for (const key of unrelated) if (!about.includes(key)) shared.get(key)!.push(text.headline);
  }
  const found = [...shared].flatMap(([key, headlines]) => (areDifferent(headlines) ? key : []));
  return [...found.sort(), ...before].slice(0, MOST_KNOWN).sort();
}

/** Of `keys`, those of sentences with two words of the headline: several articles about an event may share them. */
function listKeysAbout({ headline, texts = [] }: RepeatableText, keys: readonly string[]): string[] {
  const words = listStems(headline);
  const parts = listParts(texts).filter((part) => keys.includes(toKey(part)));
  return parts.filter((part) => [...listStems(part)].filter((word) => words.has(word)).length > 1).map(toKey);
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
  const isOwn = (part: string) => !furniture.has(toKey(part));
  const lines = text.split('\n').filter(isOwn);
  return plainLines(lines.map((line) => removeSentences(line, isOwn)).join('\n'));
}

/** A short rest of a line, such as "Part 2", says nothing alone. */
function removeSentences(line: string, isOwn: (sentence: string) => boolean): string {
  const rest = line.split(SENTENCE_START).filter(isOwn).join('');
  return rest.length < line.length && rest.length < SHORTEST ? '' : rest;
}
