/** Which words of a fixed list a text holds, in any letter case: one walk over its letters, in which no word is cut out that is not on the list. */

/** A list of words, each of letters of the Basic Multilingual Plane alone and in lower case, ready to be looked for. */
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

  /** Those that stand as words in `text` once that is in lower case: each once, in the order in which they first stand there. */
  in(text: string): readonly string[] {
    const found: string[] = [];
    const length = text.length;
    let start = 0;
    let hash = 0;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      const lower = lowers[unit]! || lowerOf(text, at, unit);
      if (lower > NONE) {
        hash = mixed(hash, lower);
        continue;
      }
      if (lower === CHANGES) return this.in(text.toLowerCase());
      if (at > start) this.#add(text, start, at, hash, found);
      start = at + 1;
      hash = 0;
    }
    if (length > start) this.#add(text, start, length, hash, found);
    return found;
  }

  #add(text: string, start: number, end: number, hash: number, found: string[]): void {
    for (let slot = hash & this.#mask; this.#slots[slot] !== 0; slot = (slot + 1) & this.#mask) {
      const word = this.#words[this.#slots[slot]! - 1]!;
      if (word.length !== end - start || !standsAt(text, start, word)) continue;
      if (!found.includes(word)) found.push(word);
      return;
    }
  }
}

function standsAt(text: string, start: number, word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    if (lowers[text.charCodeAt(start + at)] !== word.charCodeAt(at)) return false;
  }
  return true;
}

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = mixed(hash, word.charCodeAt(at));
  return hash;
}

function mixed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

/** A letter whose lower case hangs on others, or is more than one. */
const CHANGES = 1;
/** No letter. */
const NONE = 2;
/** Of each UTF-16 unit: 0 where it was not asked yet or is half of a pair, one of these, or, above them, the letter in lower case. */
const lowers = new Uint16Array(0x10000);

function lowerOf(text: string, at: number, unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return isLetterPair(text, at, unit) ? unit : NONE;
  lowers[unit] = newLower(String.fromCharCode(unit));
  return lowers[unit];
}

function newLower(char: string): number {
  const lower = char.toLowerCase();
  if (lower.length > 1 || char === 'Σ') return CHANGES;
  return /\p{L}/u.test(char) ? lower.charCodeAt(0) : NONE;
}

/** The second half of a pair is what the first is. */
function isLetterPair(text: string, at: number, unit: number): boolean {
  const from = unit >= 0xdc00 && at > 0 ? at - 1 : at;
  return /\p{L}/u.test(String.fromCodePoint(text.codePointAt(from)!));
}
