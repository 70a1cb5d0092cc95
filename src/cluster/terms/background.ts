/** Word frequencies of languages, so that clustering works for a new site too. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { termOf } from './term.js';

/** Share of a stem among all words of a language; `rarest` where the table does not list it. */
export interface Background {
  share(term: number): number;
}

/** Share of stems that no table lists: 8 in a million. The rarest listed ones have 32, in English and Russian 10. */
export const rarest = 8e-6;

const unlisted: Background = { share: () => rarest };
const loaded = new Map<string, Background>();

/** The table of a language (ISO 639-1), cached; in languages without a table all words count as rare. */
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
