/** Recognises the script of a text, and which languages are written in it. */

interface ScriptRow {
  readonly name: string;
  readonly sign: RegExp;
  /** BCP 47, the most common first. Only one: the script alone identifies the language. */
  readonly languages: string;
}

const SCRIPTS: readonly ScriptRow[] = [
  { name: 'Hangul', sign: /\p{Script=Hangul}/gu, languages: 'ko' },
  { name: 'Kana', sign: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, languages: 'ja' },
  { name: 'Han', sign: /\p{Script=Han}/gu, languages: 'zh ja yue wuu nan cmn' },
  {
    name: 'Cyrillic',
    sign: /\p{Script=Cyrillic}/gu,
    languages: 'ru uk bg sr be mk kk ky mn tg tt uz ba cv os az bs sah ce av',
  },
  {
    name: 'Arabic',
    sign: /\p{Script=Arabic}/gu,
    languages: 'ar fa ur ps ckb ku sd ug ks pa az prs',
  },
  {
    name: 'Devanagari',
    sign: /\p{Script=Devanagari}/gu,
    languages: 'hi mr ne sa mai bho kok ks',
  },
  { name: 'Hebrew', sign: /\p{Script=Hebrew}/gu, languages: 'he yi' },
  { name: 'Bengali', sign: /\p{Script=Bengali}/gu, languages: 'bn as mni' },
  { name: 'Greek', sign: /\p{Script=Greek}/gu, languages: 'el' },
  { name: 'Thai', sign: /\p{Script=Thai}/gu, languages: 'th' },
  { name: 'Lao', sign: /\p{Script=Lao}/gu, languages: 'lo' },
  { name: 'Khmer', sign: /\p{Script=Khmer}/gu, languages: 'km' },
  { name: 'Myanmar', sign: /\p{Script=Myanmar}/gu, languages: 'my shn mnw' },
  { name: 'Georgian', sign: /\p{Script=Georgian}/gu, languages: 'ka xmf' },
  { name: 'Armenian', sign: /\p{Script=Armenian}/gu, languages: 'hy hyw' },
  { name: 'Ethiopic', sign: /\p{Script=Ethiopic}/gu, languages: 'am ti' },
  { name: 'Tamil', sign: /\p{Script=Tamil}/gu, languages: 'ta' },
  { name: 'Telugu', sign: /\p{Script=Telugu}/gu, languages: 'te' },
  { name: 'Kannada', sign: /\p{Script=Kannada}/gu, languages: 'kn' },
  { name: 'Malayalam', sign: /\p{Script=Malayalam}/gu, languages: 'ml' },
  { name: 'Gujarati', sign: /\p{Script=Gujarati}/gu, languages: 'gu' },
  { name: 'Gurmukhi', sign: /\p{Script=Gurmukhi}/gu, languages: 'pa' },
  { name: 'Oriya', sign: /\p{Script=Oriya}/gu, languages: 'or' },
  { name: 'Sinhala', sign: /\p{Script=Sinhala}/gu, languages: 'si' },
  { name: 'Tibetan', sign: /\p{Script=Tibetan}/gu, languages: 'bo dz' },
];

/** Languages written in Latin script or in two scripts: Latin text does not rule them out. */
const ALSO_LATIN = new Set(['sr', 'uz', 'az', 'bs', 'kk', 'ku', 'tg', 'tt', 'mn', 'pa', 'ks']);

const NOT_LATIN = /[^\P{L}\p{Script=Latin}]/u;

/** The script of most letters: its name or `Latin`; null: no letters. Kana where there is more than one kana per eight Han. */
export function scriptOf(text: string): string | null {
  if (!NOT_LATIN.test(text)) return /\p{L}/u.test(text) ? 'Latin' : null;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  const counts = new Map(SCRIPTS.map(({ name, sign }) => [name, text.match(sign)?.length ?? 0]));
  const kana = counts.get('Kana')!;
  const han = counts.get('Han')!;
  if (kana > 0 && (kana + han) * 2 > letters && kana * 8 > han) return 'Kana';
  const [name, most] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
  return most * 2 > letters ? name : 'Latin';
}

/** The only language written in this script, else null. */
export function languageOfScript(script: string | null): string | null {
  if (script === 'Han') return 'zh'; // Japanese contains kana
  const languages = SCRIPTS.find((row) => row.name === script)?.languages;
  return languages === undefined || languages.includes(' ') ? null : languages;
}

/** Whether `language` (a primary subtag) may be written in `script`. */
export function mayBeWritten(language: string, script: string | null): boolean {
  if (script === null) return true;
  const row = SCRIPTS.find((one) => one.name === script);
  if (row !== undefined) return isAmong(language, row);
  return ALSO_LATIN.has(language) || !SCRIPTS.some((one) => isAmong(language, one));
}

function isAmong(language: string, { languages }: ScriptRow): boolean {
  return languages.split(' ').includes(language);
}
