/** Maps names of months in many languages to numbers. */
import { loadTable } from '../../data/load.js';
import { cacheByText } from '../../text/cached.js';

/** Twelve stems per language, lower case without accents, alternatives by `|`; `others`: further languages. */
const LANGUAGES = loadTable<Readonly<Record<string, string>>>('months');

/** Longer stems first, so that "cervenec" does not match "cerven". */
const STEMS: readonly (readonly [string, number])[] = Object.values(LANGUAGES)
  .flatMap((row) =>
    row.split(' ').flatMap((names, index) => names.split('|').map((stem) => [stem, index + 1] as const)),
  )
  .sort((a, b) => b[0].length - a[0].length);

/** 1 to 12; null: not a month. */
export const findMonth = cacheByText((word): number | null => {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .normalize('NFC');
  return plain.length > 14 ? null : (STEMS.find(([stem]) => plain.startsWith(stem))?.[1] ?? null);
});
