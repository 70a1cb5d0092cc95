/** How an editor's phrase is read: its spelling says how strictly it matches (contract: "How a phrase is read"). */
import { foldDiacritics } from '../../text/stem.js';
import { eachWord, type Gap, hasUnspacedScript, normalizeWord } from '../../text/words.js';

/**
 * `short`: two or three capitals, found in capitals only (US, not us) · `long`: a longer word of capitals, also found as
 * `Nato` · `name`: a ready-made name, found with a capital (Turkey, not turkey) · `any`: letter case does not matter.
 */
export type PhraseCase = 'any' | 'name' | 'short' | 'long';

export interface PhraseWord {
  /** Normalised, lower case. */
  readonly word: string;
  /** How it is compared: by its forms, letter for letter, or as the beginning of a word. */
  readonly match: 'forms' | 'exact' | 'prefix';
}

export interface Phrase {
  /** As the editor wrote it. */
  readonly written: string;
  readonly case: PhraseCase;
  /** Empty where the phrase is of an unspaced script, or says nothing. */
  readonly words: readonly PhraseWord[];
  /** What may stand between its words in a text: no more than stands between them here. */
  readonly gap: Gap;
  /** A phrase of Chinese, Japanese, Thai and the like: what to look for letter by letter; null for all others. */
  readonly run: string | null;
  /** Of a run: whether a word may go on where it ends. */
  readonly open: boolean;
  /** Looked for in articles of this language alone; null: in all. Editors' phrases are for all. */
  readonly language: string | null;
}

/** Never throws; a phrase of signs alone has neither words nor run, and matches nothing. */
export function readPhrase(written: string): Phrase {
  const exact = written.trimStart().startsWith('=');
  const text = exact ? written.trimStart().slice(1).trim() : written.trim();
  if (hasUnspacedScript(text)) return runPhrase(written, text);
  const letterCase = caseOf(text);
  const words: PhraseWord[] = [];
  let gap: Gap = 0;
  eachWord(text, null, (raw, offset, before) => {
    const word = normalizeWord(raw, null);
    if (words.length > 0 && before > gap) gap = before;
    const prefix = text[offset + raw.length] === '*';
    if (word !== '') words.push({ word, match: prefix ? 'prefix' : exact || letterCase !== 'any' ? 'exact' : 'forms' });
  });
  return { written, case: letterCase, words, gap, run: null, open: false, language: null };
}

/** What a run is compared as, in phrases and texts: same length as its input, so that places stay. */
export function foldRun(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function runPhrase(written: string, text: string): Phrase {
  const open = text.endsWith('*');
  const run = foldRun(text.replace(/\*$/, '').normalize('NFC').trim());
  return { written, case: 'any', words: [], gap: 0, run, open, language: null };
}

// Points do not count (U.S. is US); a star neither; one capital alone is no acronym.
function caseOf(text: string): PhraseCase {
  const bare = text.replace(/[.*]/g, '');
  if (!/^[\p{Lu}\p{N}]{2,}$/u.test(bare) || !/\p{Lu}/u.test(bare)) return 'any';
  return bare.length <= 3 ? 'short' : 'long';
}

/** How a word is compared letter for letter: without diacritics. */
export function exactForm(word: string): string {
  return foldDiacritics(word);
}
