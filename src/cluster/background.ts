/** How common a word is in a language at large, so that a new site clusters as well as one with years of archive. */
import { existsSync, readFileSync } from 'node:fs';
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
  const file = new URL(`./background/${tables[language] ?? language}.br`, import.meta.url);
  const background = /^[a-z]{2}$/.test(language) && existsSync(file) ? readTable(file, language) : unlisted;
  loaded.set(language, background);
  return background;
}

const tables: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb' };

/** How a table is laid out: `pack` in scripts/background.mjs. */
function readTable(file: URL, language: string): Background {
  const shares = new Map<number, number>();
  const [stems = '', rarities = ''] = brotliDecompressSync(readFileSync(file)).toString('utf8').split('\n');
  let stem = '';
  let at = 0;
  for (const [, shared = 'A', rest] of stems.matchAll(/([A-Z])([^A-Z]*)/g)) {
    stem = stem.slice(0, shared.charCodeAt(0) - 65) + rest;
    shares.set(termOf(language, stem), 10 ** ((64 - rarities.charCodeAt(at)) / 10));
    at += 1;
  }
  return { share: (term) => shares.get(term) ?? rarest };
}
