/** Parses an editor's phrase: its spelling determines how strictly it matches. */
import { foldDiacritics } from '../../text/stem.js';
import { eachWord, type Gap, hasUnspacedScript, normalizeWord } from '../../text/words.js';

/**
 * `short`: two or three capitals, matches only in capitals (US, not us) · `long`: more capitals, also matches as `Nato`
 * · `name`: a ready-made name, matches with a capital (Turkey, not turkey) · `any`: case-insensitive.
 */
export type PhraseCase = 'any' | 'name' | 'short' | 'long';

export interface PhraseWord {
  /** Normalised, lower case. */
  readonly word: string;
  /** How it is compared: by its forms, exactly, or as a prefix. */
  readonly match: 'forms' | 'exact' | 'prefix';
}

export interface Phrase {
  /** As the editor wrote it. */
  readonly written: string;
  readonly case: PhraseCase;
  /** Empty for a phrase in an unspaced script, or one without letters and digits. */
  readonly words: readonly PhraseWord[];
  /** The largest gap between its words, also in a text. */
  readonly gap: Gap;
  /** Characters to match for a phrase in Chinese, Japanese, Thai or similar; null for all others. */
  readonly run: string | null;
  /** For a `run`: whether the word may continue after its end. */
  readonly open: boolean;
}

/** Never throws. A phrase of punctuation alone has neither words nor run, and does not match anything. */
export function readPhrase(written: string): Phrase {
  const exact = written.trimStart().startsWith('=');
  const text = exact ? written.trimStart().slice(1).trim() : written.trim();
  if (hasUnspacedScript(text)) return runPhrase(written, text);
  const letterCase = detectCase(text);
  const words: PhraseWord[] = [];
  let gap: Gap = 0;
  eachWord(text, null, (raw, offset, before) => {
    const word = normalizeWord(raw, null);
    if (words.length > 0 && before > gap) gap = before;
    const prefix = text[offset + raw.length] === '*';
    if (word !== '') words.push({ word, match: prefix ? 'prefix' : exact || letterCase !== 'any' ? 'exact' : 'forms' });
  });
  return { written, case: letterCase, words, gap, run: null, open: false };
}

/** Lower case, and usual width (Ａ and ﾄ are a and ト) if the result is one letter. */
export function foldRunLetter(letter: string): string {
  const folded = letter.normalize('NFKC').toLowerCase();
  return folded.length === letter.length ? folded : letter;
}

function runPhrase(written: string, text: string): Phrase {
  const open = text.endsWith('*');
  const letters = text.normalize('NFC').replace(AROUND_WORDS, '');
  const run = Array.from(letters, foldRunLetter).join('');
  return { written, case: 'any', words: [], gap: 0, run, open };
}

/** As in other phrases, signs around the words are ignored: 「鬼滅の刃」. */
const AROUND_WORDS = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;

// Periods (U.S. is US) and stars are ignored; a single capital is not an acronym.
function detectCase(text: string): PhraseCase {
  const bare = text.replace(/[.*]/g, '');
  if (!/^[\p{Lu}\p{N}]{2,}$/u.test(bare) || !/\p{Lu}/u.test(bare)) return 'any';
  return bare.length <= 3 ? 'short' : 'long';
}

/** Without diacritics that are not vowels (रूस is not रस). Two Persian letters are often typed as Arabic ones. */
export function exactForm(word: string): string {
  return VOWEL_SIGNS.test(word) ? word : foldDiacritics(word).replaceAll('ی', 'ي').replaceAll('ک', 'ك');
}

const VOWEL_SIGNS = /(?![\p{Script=Inherited}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{Mn}/u;
