/** Cleans the text of an article's page, if it is longer than the feed's. */
import type { FullTextOutcome } from '../model/article.js';
import { sanitizeHtml } from '../sanitize/sanitize.js';
import { htmlToText } from '../text/html.js';
import { stripNotice } from './read-more-suffixes.js';

export interface FeedText {
  readonly summary: string;
  readonly contentHtml: string | null;
}

export interface CleanFullText {
  readonly outcome: Extract<FullTextOutcome, 'taken' | 'thin' | 'shorter'>;
  /** Sanitised; null: not taken. */
  readonly html: string | null;
}

/** In characters. A shorter text is a teaser, a notice, or a page that needs a browser. */
const SHORTEST = 400;
/** Letters of scripts that say as much with two fifths of the letters. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** @param html of the page, untrusted. */
export function cleanFullText(html: string, baseUrl: string, { summary, contentHtml }: FeedText): CleanFullText {
  const safe = sanitizeHtml(stripNotice(html), { baseUrl });
  const text = htmlToText(safe, { parts: 'prose' });
  const { length } = text;
  const known = Math.max(summary.length, contentHtml === null ? 0 : htmlToText(contentHtml, { parts: 'prose' }).length);
  if (length + 1.5 * (text.match(DENSE)?.length ?? 0) < SHORTEST) return { outcome: 'thin', html: null };
  return length <= known ? { outcome: 'shorter', html: null } : { outcome: 'taken', html: safe };
}
