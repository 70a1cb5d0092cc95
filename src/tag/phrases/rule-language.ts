/** Which languages' rules a word is read by: its letters may belong to another language than the article's. */
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
  { letters: /\p{Script=Devanagari}/u, languages: 'hi ne'.split(' ') },
  { letters: /\p{Script=Armenian}/u, languages: 'hy'.split(' ') },
  { letters: /\p{Script=Tamil}/u, languages: 'ta'.split(' ') },
];

const none: readonly string[] = [''];
/** Scripts of languages that have no rules of their own: their words are taken as they stand, not as English. */
const foreign = /^(?:pl|cs|sk|sl|hr|bs|et|lv|sq|eu|ca|gl|is|mt|vi|ms|sw|so|af|be|mk|kk|ky|tg|mn|fa|ur|ps|ug|az|uz)$/;

/**
 * The languages by whose rules a word is read in an article of `code` ('' is unknown). The article's own where the word is
 * written in its script; else those in use (`languages`) of the word's script; else the first that is written so.
 */
export function formLanguages(word: string, code: string, languages: readonly string[]): readonly string[] {
  const script = scripts.find(({ letters }) => letters.test(word));
  if (!script || foreign.test(code)) return none;
  if (script.languages.includes(code)) return [code];
  const used = script.languages.filter((language) => languages.includes(language));
  return used.length > 0 ? used : [script.languages[0]!];
}

/** The language by whose rules an article is read: '' where it has none here, so that few matchers serve all articles. */
export function ruleLanguage(language: string | null): string {
  const code = primaryLanguage(language);
  return foreign.test(code) || scripts.some(({ languages }) => languages.includes(code)) ? code : '';
}
