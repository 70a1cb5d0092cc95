/** Provides word frequencies of languages, so that clustering works for new sites. */
import { readdirSync, readFileSync } from 'node:fs';

/** Share of a stem among all words of a language; `rarestShare` if it is not in the table. */
export interface Background {
  share(term: number): number;
}

/** Share of stems that are in no table: 8 in a million. The rarest listed ones have 45, in English and Russian 11. */
export const rarestShare = 8e-6;

const noBackground: Background = { share: () => rarestShare };
const loaded = new Map<string, Background>();

/** Cached by language (ISO 639-1). Without a table all words are rare. One rare word in 128 counts as common. */
export function loadBackground(language: string): Background {
  const known = loaded.get(language);
  if (known) return known;
  tables ??= new Set(readdirSync(FOLDER));
  const file = `${language}.json`;
  if (!tables.has(file)) return noBackground; // not cached: feeds may contain any number of made-up languages
  const background = readTable(file);
  loaded.set(language, background);
  return background;
}

/** Whether the language has a table. */
export function knowsCommonWords(language: string): boolean {
  return loadBackground(language) !== noBackground;
}

const FOLDER = new URL('./background/', import.meta.url);

/** One per language; described in background/SOURCE.md. */
interface Table {
  readonly slots: number;
  /** Occupied slots by decibels. */
  readonly decibels: Readonly<Record<string, readonly number[]>>;
}

let tables: ReadonlySet<string> | undefined;

function readTable(file: string): Background {
  const { slots, decibels }: Table = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  const shares = new Map<number, number>();
  for (const [decibel, occupied] of Object.entries(decibels)) {
    const share = 10 ** (Number(decibel) / 10);
    for (const slot of occupied) shares.set(slot, share);
  }
  return { share: (term) => shares.get(Math.floor(((term >>> 0) * slots) / 2 ** 32)) ?? rarestShare };
}
