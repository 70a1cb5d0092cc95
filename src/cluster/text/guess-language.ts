/** The language under which the words of an article are compared; guessed from its script where none is declared. */
import { primaryLanguage } from '../../text/stem.js';

// The first match counts. Ukrainian letters distinguish it from Russian.
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[іїєґ]/i, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Devanagari}/u, 'hi'],
];

/** ISO 639-1. Bokmål is one language with what is only called Norwegian, and with Nynorsk, which tells the same news. */
export function comparedLanguage(declared: string | null | undefined, text: string): string {
  const language = primaryLanguage(declared ?? null) || guessLanguage(text);
  return language === 'no' || language === 'nn' ? 'nb' : language;
}

/** Latin script counts as English. */
function guessLanguage(text: string): string {
  return scripts.find(([letters]) => letters.test(text))?.[1] ?? 'en';
}
