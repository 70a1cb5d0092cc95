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
  const background = readTable(language) ?? unlisted;
  loaded.set(language, background);
  return background;
}

/** Whether it is known how common words of the language are. */
export function knowsCommonWords(language: string): boolean {
  return backgroundOf(language) !== unlisted;
}

const SAME_TABLE: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb' };
const FILE = new URL('./background/tables.bin', import.meta.url);

/** The layout of the file is defined in scripts/background.mjs. null: no table for the language. */
function readTable(language: string): Background | null {
  const file = readFileSync(FILE);
  const tables = file.indexOf('\n') + 1;
  const index = new Map<string, readonly [from: number, length: number, slots: number]>(
    Object.entries(JSON.parse(file.toString('utf8', 0, tables))),
  );
  const [from, length, slots] = index.get(SAME_TABLE[language] ?? language) ?? [0, 0, 0];
  if (length === 0) return null;
  const table = brotliDecompressSync(file.subarray(tables + from, tables + from + length));
  const stems = table.length / 3;
  const shares = new Map<number, number>();
  let slot = 0;
  for (let at = 0; at < stems; at += 1) {
    slot += table[at]! * 128 + table[stems + at]!;
    shares.set(slot, 10 ** (-table[2 * stems + at]! / 10));
  }
  return { share: (term) => shares.get(Math.floor(((term >>> 0) * slots) / 2 ** 32)) ?? rarest };
}
