/** How common a word is in a language at large, so that a new site clusters as well as one with years of archive. */
import { existsSync, readFileSync } from 'node:fs';
import { termOf } from './term.js';

/** Share of all words of a language that have a stem; what the table does not list is `rarest`. */
export interface Background {
  share(term: number): number;
}

/** One in a million: the share of a stem that no table lists. */
export const rarest = 1e-6;

const unlisted: Background = { share: () => rarest };
const loaded = new Map<string, Background>();

/** The table of a language (ISO 639-1), read once from beside this file; a language without one has only rare words. */
export function backgroundOf(language: string): Background {
  const known = loaded.get(language);
  if (known) return known;
  const file = new URL(`./background/${tables[language] ?? language}.txt`, import.meta.url);
  const background = /^[a-z]{2}$/.test(language) && existsSync(file) ? readTable(file, language) : unlisted;
  loaded.set(language, background);
  return background;
}

const tables: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb' };

function readTable(file: URL, language: string): Background {
  const shares = new Map<number, number>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [decibel, ...stems] = line.split(' ');
    const share = 10 ** (Number(decibel) / 10);
    for (const stem of stems) shares.set(termOf(language, stem), share);
  }
  return { share: (term) => shares.get(term) ?? rarest };
}
