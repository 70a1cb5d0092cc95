/** Guesses the language of an article from its script where none is declared: enough to compare it with similar ones. */

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

/** ISO 639-1; Latin script counts as English. */
export function guessLanguage(text: string): string {
  return scripts.find(([letters]) => letters.test(text))?.[1] ?? 'en';
}
