/** Word frequencies of languages, so that clustering works for a new site too. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

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

type Place = readonly [from: number, length: number, slots: number];

let places: ReadonlyMap<string, Place> | undefined;

/** By language. The layout of the file is defined in scripts/background.mjs. */
function readPlaces(): ReadonlyMap<string, Place> {
  const file = readFileSync(FILE);
  const tables = file.indexOf('\n') + 1;
  const places: [string, Place][] = Object.entries(JSON.parse(file.toString('utf8', 0, tables)));
  return new Map(places.map(([language, [from, length, slots]]) => [language, [tables + from, length, slots]]));
}

function readTable([from, length, slots]: Place): Background {
  const table = brotliDecompressSync(readFileSync(FILE).subarray(from, from + length));
  const stems = table.length / 3;
  const shares = new Map<number, number>();
  let slot = 0;
  for (let at = 0; at < stems; at += 1) {
    slot += table[at]! * 128 + table[stems + at]!;
    shares.set(slot, 10 ** (-table[2 * stems + at]! / 10));
  }
  return { share: (term) => shares.get(Math.floor(((term >>> 0) * slots) / 2 ** 32)) ?? rarest };
}
