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

/** @param html of the page, untrusted. */
export function cleanFullText(html: string, baseUrl: string, { summary, contentHtml }: FeedText): CleanFullText {
  const safe = sanitizeHtml(stripNotice(html), { baseUrl });
  const { length } = htmlToText(safe, { parts: 'prose' });
  const known = Math.max(summary.length, contentHtml === null ? 0 : htmlToText(contentHtml, { parts: 'prose' }).length);
  if (length < SHORTEST) return { outcome: 'thin', html: null };
  return length <= known ? { outcome: 'shorter', html: null } : { outcome: 'taken', html: safe };
}
