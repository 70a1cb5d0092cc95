/** Selects the language whose inflection rules apply to a word: its script may not be the article's. */
import { primaryLanguage } from '../../text/stem.js';

const scripts: readonly { readonly letters: RegExp; readonly languages: readonly string[] }[] = [
  {
    letters: /\p{Script=Latin}/u,
    languages: 'en de fr es it pt nl sv da nb nn no fi hu ro tr ga lt id'.split(' '),
  },
  { letters: /\p{Script=Cyrillic}/u, languages: 'uk ru bg sr'.split(' ') },
  { letters: /\p{Script=Arabic}/u, languages: 'ar'.split(' ') },
  { letters: /\p{Script=Hangul}/u, languages: 'ko'.split(' ') },
  { letters: /\p{Script=Greek}/u, languages: 'el'.split(' ') },
  { letters: /\p{Script=Hebrew}/u, languages: 'he'.split(' ') },
  { letters: /\p{Script=Devanagari}/u, languages: 'hi ne'.split(' ') },
  { letters: /\p{Script=Armenian}/u, languages: 'hy'.split(' ') },
  { letters: /\p{Script=Tamil}/u, languages: 'ta'.split(' ') },
];

/** Languages to try if an article's is unknown. */
export const commonLanguages: readonly string[] = ['en', 'de', 'fr', 'es', 'uk', 'ru'];

const none: readonly string[] = [''];
/** Languages without rules, but with known names of countries. Their words are compared unchanged, not as English. */
const foreign: ReadonlySet<string> = new Set(
  'af am az be bn bs ca cs et eu fa gl hr is ja ka kk km ku ky lv mk ml mn mr ms mt pl ps sk sl so sq sw tg th ug ur uz vi zh'.split(
    ' ',
  ),
);

/**
 * The article's language if the word has its script, else the first of `languages` with it, or all of these if the
 * article's language is unknown.
 */
export function formLanguages(word: string, code: string, languages: readonly string[]): readonly string[] {
  const script = scripts.find(({ letters }) => letters.test(word));
  if (!script || foreign.has(code)) return none;
  if (script.languages.includes(code)) return [code];
  const used = script.languages.filter((language) => languages.includes(language));
  return code === '' && used.length > 0 ? used : [used[0] ?? script.languages[0]!];
}

/** The language whose rules apply to an article, or '' if it has none, so that few matchers suffice. */
export function ruleLanguage(language: string | null): string {
  const code = primaryLanguage(language);
  return foreign.has(code) || scripts.some(({ languages }) => languages.includes(code)) ? code : '';
}
