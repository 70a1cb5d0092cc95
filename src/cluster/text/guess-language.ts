/** Determines the language for comparing an article's words. Guessed from its script if none is declared. */
import { primaryLanguage } from '../../text/stem.js';

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

/** ISO 639-1. Bokmål, Nynorsk and undivided Norwegian are one language. */
export function comparedLanguage(declared: string | null | undefined, text: string): string {
  const language = primaryLanguage(declared ?? null) || guessLanguage(text);
  return language === 'no' || language === 'nn' ? 'nb' : language;
}

/** Latin script counts as English. A single name or sign in another script does not count. */
function guessLanguage(text: string): string {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  const letters = count(/\p{L}/gu);
  const language = scripts.find(([script]) => 2 * count(script) > letters)?.[1] ?? 'en';
  if (language === 'ru' && /[іїєґ]/i.test(text)) return 'uk';
  return language === 'zh' && /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : language;
}
