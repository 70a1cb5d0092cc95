/** Recognises the script of a text, and which languages are written in it. */
import { loadMap } from '../data/load.js';

/** By script (Unicode, and Kana for both kinds): BCP 47 languages, the most common first. */
const LANGUAGES = loadMap<readonly string[]>('scripts');

let patterns: readonly (readonly [script: string, pattern: RegExp])[] | undefined;

function createPattern(script: string): RegExp {
  const names = script === 'Kana' ? ['Hiragana', 'Katakana'] : [script];
  return new RegExp(`[${names.map((name) => `\\p{Script=${name}}`).join('')}]`, 'gu');
}

/** Languages in Latin script or in two scripts: Latin text does not rule them out. */
const ALSO_LATIN = new Set(['sr', 'uz', 'az', 'bs', 'kk', 'ku', 'tg', 'tt', 'mn', 'pa', 'ks']);

const NOT_LATIN = /[^\P{L}\p{Script=Latin}]/u;

/** Their letters count twice, because they say more than a Latin letter. */
const DENSE = new Set(['Han', 'Kana', 'Hangul']);

/** The script of most letters, or `Latin`; null: no letters. Kana needs more than one kana per eight Han. */
export function detectScript(text: string): string | null {
  if (!NOT_LATIN.test(text)) return /\p{L}/u.test(text) ? 'Latin' : null;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  patterns ??= [...LANGUAGES.keys()].map((script) => [script, createPattern(script)]);
  const counts = new Map(patterns.map(([name, pattern]) => [name, text.match(pattern)?.length ?? 0]));
  const kana = counts.get('Kana')!;
  const han = counts.get('Han')!;
  if (kana > 0 && (kana + han) * 2 > letters && kana * 8 > han) return 'Kana';
  const [name, most] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
  return most * 2 > (DENSE.has(name) ? letters - most : letters) ? name : 'Latin';
}

/** The only language in this script; null: several or none. */
export function findScriptLanguage(script: string | null): string | null {
  if (script === 'Han') return 'zh'; // Japanese contains kana
  const [language = null, ...others] = LANGUAGES.get(script ?? '') ?? [];
  return others.length === 0 ? language : null;
}

/** @param language a primary subtag. */
export function canBeWritten(language: string, script: string | null): boolean {
  if (script === null) return true;
  const languages = LANGUAGES.get(script);
  if (languages !== undefined) return languages.includes(language);
  return ALSO_LATIN.has(language) || ![...LANGUAGES.values()].some((among) => among.includes(language));
}
