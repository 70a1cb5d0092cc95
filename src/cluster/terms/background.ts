/** Word frequencies of languages, so that clustering works for a new site too. */
import { readFileSync } from 'node:fs';

/** Share of a stem among all words of a language; `rarest` where the table does not list it. */
export interface Background {
  share(term: number): number;
}

/** Share of stems that no table lists: 8 in a million. The rarest listed ones have 45, in English and Russian 11. */
export const rarest = 8e-6;

const unlisted: Background = { share: () => rarest };
const loaded = new Map<string, Background>();

/**
 * The table of a language (ISO 639-1), cached; in languages without a table all words count as rare. A table holds hashes, so that one
 * rare word in 128 counts as a common one.
 */
export function backgroundOf(language: string): Background {
  const known = loaded.get(language);
  if (known) return known;
  places ??= readPlaces();
  const place = places.get(language);
  if (place === undefined) return unlisted; // not cached: feeds may contain any number of made-up languages
  const background = readTable(place);
  loaded.set(language, background);
  return background;
}

/** Whether it is known how common words of the language are. */
export function knowsCommonWords(language: string): boolean {
  return backgroundOf(language) !== unlisted;
}

const FILE = new URL('./background/tables.bin', import.meta.url);

type Place = readonly [from: number, slots: number, decibels: number, ...counts: number[]];

let places: ReadonlyMap<string, Place> | undefined;

/** By language. The layout of the file is defined in scripts/background-tables.mjs. */
function readPlaces(): ReadonlyMap<string, Place> {
  const file = readFileSync(FILE);
  const tables = file.indexOf('\n') + 1;
  const places: [string, Place][] = Object.entries(JSON.parse(file.toString('utf8', 0, tables)));
  return new Map(places.map(([language, [from, ...about]]) => [language, [tables + from, ...about]]));
}

function readTable([from, slots, decibels, ...counts]: Place): Background {
  const bits = bitsOf(readFileSync(FILE), from);
  const shares = new Map<number, number>();
  for (const [louder, count] of counts.entries()) {
    const divisor = Math.max(1, Math.round((Math.LN2 * slots) / count));
    const share = 10 ** (-(decibels - louder) / 10);
    let slot = -1;
    for (let at = 0; at < count; at += 1) {
      slot += 1 + golomb(bits, divisor);
      shares.set(slot, share);
    }
  }
  return { share: (term) => shares.get(Math.floor(((term >>> 0) * slots) / 2 ** 32)) ?? rarest };
}

/** Gives the next bit of the bytes at each call, the highest of a byte first. */
function bitsOf(bytes: Uint8Array, from: number): () => number {
  let at = 8 * from;
  return () => {
    const bit = (bytes[at >> 3]! >> (7 - (at & 7))) & 1;
    at += 1;
    return bit;
  };
}

/** A number in its Golomb code: the quotient in ones and a zero, then the rest, of which the smaller ones take a bit less. */
function golomb(bits: () => number, divisor: number): number {
  let quotient = 0;
  while (bits() === 1) quotient += 1;
  const length = 31 - Math.clz32(divisor);
  const short = 2 ** (length + 1) - divisor;
  let rest = 0;
  for (let at = 0; at < length; at += 1) rest = 2 * rest + bits();
  if (rest >= short) rest = 2 * rest + bits() - short;
  return quotient * divisor + rest;
}
