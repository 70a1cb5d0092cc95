/** What was computed for a word, found by its code units: most words of the news recur, and no string is made for those. */
import { textOfUnits } from './text-units.js';

const FIRST_SLOTS = 1 << 10;
const FIRST_UNITS = 1 << 13;
/** Slots that are looked at: a stranger's words may all be made for the same slot. Those that find none are kept by V8's own table. */
const MOST_LOOKED_AT = 32;

/** Numbers of a slot, side by side: that of its value, 0: the slot is free; the hash of its word; where its units begin, and how many they are. */
const WIDTH = 4;
const HASH = 1;
const START = 2;
const LENGTH = 3;
/** The number of null. */
const NOTHING = 1;

/** The hash of a word, unit by unit: begins as 0. */
export function hashedWith(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x9e3779b1) ^ (hash >>> 15);
}

/** A table of open addresses; where it holds `most` words it begins anew. null takes no room: what most words should be. */
export class WordMemo<T> {
  readonly #compute: (raw: string) => T | null;
  readonly #most: number;
  /** By the numbers in the slots; those of most words are null, which are all the same one. */
  #values: (T | null)[] = [null, null];
  #size = 0;
  #slots = new Int32Array(FIRST_SLOTS * WIDTH);
  /** Those of all words, one after the other. */
  #units = new Uint16Array(FIRST_UNITS);
  #end = 0;
  readonly #crowded = new Map<string, T | null>();

  /** `compute` may keep the string. */
  constructor(compute: (raw: string) => T | null, most: number) {
    this.#compute = compute;
    this.#most = most;
  }

  /** For the word between `start` and `end`, of which `hash` is that of all units. */
  of(units: Uint16Array, start: number, end: number, hash: number): T | null {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = firstSlot(hash, mask);
    for (let look = 0; look < MOST_LOOKED_AT; look += 1) {
      const number = slots[slot]!;
      if (number === 0) return this.#add(textOfUnits(units, start, end), hash);
      if (slots[slot + HASH] === hash && this.#is(slot, units, start, end)) return this.#values[number]!;
      slot = (slot + WIDTH) & mask;
    }
    return this.#withoutSlot(textOfUnits(units, start, end));
  }

  #is(slot: number, units: Uint16Array, start: number, end: number): boolean {
    if (this.#slots[slot + LENGTH] !== end - start) return false;
    const own = this.#units;
    for (let at = start, mine = this.#slots[slot + START]!; at < end; at += 1, mine += 1)
      if (own[mine] !== units[at]) return false;
    return true;
  }

  #add(raw: string, hash: number): T | null {
    const value = this.#compute(raw);
    if (this.#size === this.#most) this.#clear();
    this.#size += 1;
    if (this.#size * WIDTH * 2 > this.#slots.length) this.#grow();
    const number = value === null ? NOTHING : this.#values.push(value) - 1;
    this.#place(number, hash, this.#end, raw.length);
    this.#units = withRoom(this.#units, this.#end + raw.length);
    for (let at = 0; at < raw.length; at += 1) this.#units[this.#end + at] = raw.charCodeAt(at);
    this.#end += raw.length;
    return value;
  }

  #withoutSlot(raw: string): T | null {
    const known = this.#crowded.get(raw);
    if (known !== undefined) return known;
    const value = this.#compute(raw);
    if (this.#crowded.size >= this.#most) this.#crowded.clear();
    this.#crowded.set(raw, value);
    return value;
  }

  #place(number: number, hash: number, start: number, length: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = firstSlot(hash, mask);
    while (slots[slot] !== 0) slot = (slot + WIDTH) & mask;
    slots[slot] = number;
    slots[slot + HASH] = hash;
    slots[slot + START] = start;
    slots[slot + LENGTH] = length;
  }

  /** At most half of the slots are taken. */
  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += WIDTH)
      if (before[slot] !== 0)
        this.#place(before[slot]!, before[slot + HASH]!, before[slot + START]!, before[slot + LENGTH]!);
  }

  #clear(): void {
    this.#values = [null, null];
    this.#size = 0;
    this.#slots.fill(0);
    this.#end = 0;
  }
}

function firstSlot(hash: number, mask: number): number {
  return ((hash ^ (hash >>> 16)) << 2) & mask;
}

function withRoom(units: Uint16Array<ArrayBuffer>, needed: number): Uint16Array<ArrayBuffer> {
  if (needed <= units.length) return units;
  const more = new Uint16Array(Math.max(units.length * 2, needed));
  more.set(units);
  return more;
}
