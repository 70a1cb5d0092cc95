/** Which words of a fixed list a text holds: one walk over its letters, in which no word is cut out that is not on the list. */

/** A list of words, each of letters alone and in lower case, ready to be looked for. */
export class KnownWords {
  readonly #words: readonly string[];
  /** By hash: the place of a word in the list and one more; the next places where several share a hash. */
  readonly #slots: Uint16Array;
  readonly #mask: number;

  constructor(words: Iterable<string>) {
    this.#words = [...new Set(words)];
    this.#mask = 2 ** Math.ceil(Math.log2(this.#words.length * 8)) - 1;
    this.#slots = new Uint16Array(this.#mask + 1);
    this.#words.forEach((word, index) => {
      let slot = hashOf(word) & this.#mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = index + 1;
    });
  }

  /** Those that stand in `text`, itself in lower case, as words: each once, in the order in which they first stand there. */
  in(text: string): readonly string[] {
    const found: string[] = [];
    let start = 0;
    let hash = 0;
    for (let at = 0; at <= text.length; at++) {
      if (at < text.length && isLetterAt(text, at)) {
        hash = mixed(hash, text.charCodeAt(at));
        continue;
      }
      if (at > start) this.#add(text, start, at, hash, found);
      start = at + 1;
      hash = 0;
    }
    return found;
  }

  #add(text: string, start: number, end: number, hash: number, found: string[]): void {
    for (let slot = hash & this.#mask; this.#slots[slot] !== 0; slot = (slot + 1) & this.#mask) {
      const word = this.#words[this.#slots[slot]! - 1]!;
      if (word.length !== end - start || !text.startsWith(word, start)) continue;
      if (!found.includes(word)) found.push(word);
      return;
    }
  }
}

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = mixed(hash, word.charCodeAt(at));
  return hash;
}

function mixed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

const NO = 1;
const YES = 2;
/** By UTF-16 unit; 0: not asked yet. */
const letters = new Uint8Array(0x10000);

function isLetterAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit >= 0xd800 && unit <= 0xdfff) return isLetterPair(text, at, unit);
  if (letters[unit] === 0) letters[unit] = /\p{L}/u.test(String.fromCharCode(unit)) ? YES : NO;
  return letters[unit] === YES;
}

/** The second half of a pair is what the first is. */
function isLetterPair(text: string, at: number, unit: number): boolean {
  const from = unit >= 0xdc00 && at > 0 ? at - 1 : at;
  return /\p{L}/u.test(String.fromCodePoint(text.codePointAt(from)!));
}
