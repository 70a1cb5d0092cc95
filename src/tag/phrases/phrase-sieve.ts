/** Quickly excludes phrases that an English article lacks, but never one that `phrase-finder.ts` finds. */
import type { Article } from '../../model/article.js';
import { exactForm, type Phrase, type PhraseWord, readPhrase } from './phrase.js';
import { ruleLanguage } from './rule-language.js';
import { englishBeginnings, phraseKeys } from './word-forms.js';

export type SievedArticle = Pick<Article, 'title' | 'summary' | 'contentHtml' | 'language'>;

/** Whether the article may contain the phrase. False is certain. */
export type PhraseSieve = (phrase: string) => boolean;

const UNSURE: PhraseSieve = () => true;

/** `phrases`: as written; the only phrases that the sieves can check. */
export function createPhraseSieve(phrases: readonly string[]): (article: SievedArticle) => PhraseSieve {
  const needed = new Map(phrases.map((phrase) => [phrase, requiredPatterns(readPhrase(phrase))]));
  return (article) => {
    const text = sievedText(article);
    return text === null ? UNSURE : (phrase) => needed.get(phrase)!.every((word) => word.test(text));
  };
}

/** Patterns that the text must contain for each word of the phrase, at any position: a word may begin after a tag. */
function requiredPatterns({ words }: Phrase): readonly RegExp[] {
  const long = words.map(listBeginnings).filter((beginnings) => beginnings.every(({ length }) => length > SHORT));
  return long.map((beginnings) => new RegExp(beginnings.map(escaped).join('|'), 'i'));
}

function listBeginnings({ word, match }: PhraseWord): readonly string[] {
  const exact = exactForm(word);
  return match === 'forms' ? [exact, ...phraseKeys(word, 'en').flatMap(englishBeginnings)] : [exact];
}

function escaped(literal: string): string {
  return literal.replace(/[^\p{L}\p{M}\p{N}]/gu, '\\$&');
}

/** The letters of a text in order, with nothing between the letters of a word; null: this is not certain. */
function sievedText({ title, summary, contentHtml, language }: SievedArticle): string | null {
  if (ruleLanguage(language) !== 'en') return null;
  const content = contentHtml === null ? '' : contentHtml.replace(PLAIN_TAGS, '');
  if (content.includes('<') || LETTER_REFERENCE.test(content)) return null;
  const text = `${title}\n${summary}\n${content}`;
  return UNUSUAL_SIGN.test(text) || ACRONYM.test(text) ? null : text;
}

/** Tags of elements with text, and without attributes that hide it. */
const PLAIN_TAGS =
  /<\/?(?:p|a|em|strong|br|b|i|img|div|span|li|ul|ol|h[1-6]|blockquote|figure|figcaption|table|thead|tbody|tr|td|th|sup|sub|hr|cite|code|s|u)(?: (?!hidden|style)[a-z]+="[^"]*")* ?\/?>/g;
const LETTER_REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|nbsp|#39);)/;
/** Non-ASCII letters, and signs that words omit. */
const UNUSUAL_SIGN = /[^\x01-\x7f\u00a0\u00ab\u00bb\u00b7\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac\u00a3]/;
/** U.N. is read as one word. Longer ones are rare. */
const SHORT = 2;
const ACRONYM = /[a-z]\.[a-z]\.[a-z](?![a-z])/i;
