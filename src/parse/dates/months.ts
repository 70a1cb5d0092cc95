/** Names of months in many languages. */
import { loadTable } from '../../data/load.js';

/** By language: twelve stems, lower case without accents, alternatives separated by `|`. `others`: where further languages differ from these. */
const LANGUAGES = loadTable<Readonly<Record<string, string>>>('months');

/** Longer stems first, so that "cervenec" does not match "cerven". */
const STEMS: readonly (readonly [string, number])[] = Object.values(LANGUAGES)
  .flatMap((row) =>
    row.split(' ').flatMap((names, index) => names.split('|').map((stem) => [stem, index + 1] as const)),
  )
  .sort((a, b) => b[0].length - a[0].length);

/** 1 to 12 for a month's name or abbreviation in any of the languages; null for other words. */
export function monthNamed(word: string): number | null {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .normalize('NFC');
  return plain.length > 14 ? null : (STEMS.find(([stem]) => plain.startsWith(stem))?.[1] ?? null);
}
