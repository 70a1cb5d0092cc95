/** The language under which the words of an article are compared; guessed from its script where none is declared. */
import { primaryLanguage } from '../../text/stem.js';

/** By the letters of most words. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'zh'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Devanagari}/gu, 'hi'],
];

/** ISO 639-1. Bokmål is one language with what is only called Norwegian, and with Nynorsk, which tells the same news. */
export function comparedLanguage(declared: string | null | undefined, text: string): string {
  const language = primaryLanguage(declared ?? null) || guessLanguage(text);
  return language === 'no' || language === 'nn' ? 'nb' : language;
}

/** Latin script counts as English. A name or a sign in another script does not make an article one in that. */
function guessLanguage(text: string): string {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  const letters = count(/\p{L}/gu);
  const language = scripts.find(([script]) => 2 * count(script) > letters)?.[1] ?? 'en';
  if (language === 'ru' && /[іїєґ]/i.test(text)) return 'uk';
  return language === 'zh' && /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : language;
}
