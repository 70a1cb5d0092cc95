/** How common a word is in a language at large, so that a new site clusters as well as one with years of archive. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { termOf } from './term.js';

/** Share of all words of a language that have a stem; what the table does not list is `rarest`. */
export interface Background {
  share(term: number): number;
}

/** Eight in a million: the share of a stem that no table lists; the rarest that they list have 32, in English and Russian ten. */
export const rarest = 8e-6;

const unlisted: Background = { share: () => rarest };
const loaded = new Map<string, Background>();

/** The table of a language (ISO 639-1), read once from beside this file; a language without one has only rare words. */
export function backgroundOf(language: string): Background {
  const known = loaded.get(language);
  if (known) return known;
  const background = readTable(language) ?? unlisted;
  loaded.set(language, background);
  return background;
}

const SAME_TABLE: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb' };
const FILE = new URL('./background/tables.bin', import.meta.url);

/** How the file and a table are laid out: scripts/background.mjs. Null where there is none of the language. */
function readTable(language: string): Background | null {
  const file = readFileSync(FILE);
  const tables = file.indexOf('\n') + 1;
  const index = new Map<string, readonly [from: number, length: number]>(
    Object.entries(JSON.parse(file.toString('utf8', 0, tables))),
  );
  const [from, length] = index.get(SAME_TABLE[language] ?? language) ?? [0, 0];
  if (length === 0) return null;
  const table = brotliDecompressSync(file.subarray(tables + from, tables + from + length));
  const [stems = '', rarities = ''] = table.toString('utf8').split('\n');
  const shares = new Map<number, number>();
  let stem = '';
  let at = 0;
  for (const [, shared = 'A', rest] of stems.matchAll(/([A-Z])([^A-Z]*)/g)) {
    stem = stem.slice(0, shared.charCodeAt(0) - 65) + rest;
    shares.set(termOf(language, stem), 10 ** ((64 - rarities.charCodeAt(at)) / 10));
    at += 1;
  }
  return { share: (term) => shares.get(term) ?? rarest };
}
