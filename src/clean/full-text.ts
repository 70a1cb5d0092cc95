/** The text of an article's page, cleaned, where it says more than the feed does. */
import type { FullTextOutcome } from '../model/article.js';
import { sanitizeHtml } from '../sanitize/sanitize.js';
import { htmlToText } from '../text/html.js';
import { withoutNotice } from './read-more-suffixes.js';

/** What is in the feed of the article. */
export interface FeedText {
  readonly summary: string;
  readonly contentHtml: string | null;
}

export interface CleanFullText {
  readonly outcome: Extract<FullTextOutcome, 'taken' | 'thin' | 'shorter'>;
  /** Sanitised; null: it is not taken. */
  readonly html: string | null;
}

/** Characters of an article's text; less is a teaser, a notice, or a page that needs a browser. */
const SHORTEST = 400;

/** `html`: of the page, as a stranger wrote it. */
export function cleanFullText(html: string, baseUrl: string, { summary, contentHtml }: FeedText): CleanFullText {
  const safe = sanitizeHtml(withoutNotice(html), { baseUrl });
  const { length } = htmlToText(safe, { parts: 'prose' });
  const said = Math.max(summary.length, contentHtml === null ? 0 : htmlToText(contentHtml, { parts: 'prose' }).length);
  if (length < SHORTEST) return { outcome: 'thin', html: null };
  return length <= said ? { outcome: 'shorter', html: null } : { outcome: 'taken', html: safe };
}
