/** Reads and cleans an article page in the current thread. */
import type { FeedText } from '../../../clean/full-text.js';
import type { FullTextOutcome } from '../../../model/article.js';
import type { TextSelectors } from '../../../model/source.js';
import type { PageStatements } from '../../../politeness/page-reservations.js';
import { toReadError } from './read-document.js';

export interface PageTask {
  readonly body: Uint8Array;
  readonly page: {
    readonly contentType: string | null;
    /** URL after redirects. */
    readonly url: string;
    readonly feed: FeedText;
    readonly text?: TextSelectors | undefined;
  };
}

export interface PageResult extends PageStatements {
  readonly outcome: Extract<FullTextOutcome, 'taken' | 'thin' | 'shorter' | 'paywalled' | 'no-article'>;
  /** Sanitised; null: not used. */
  readonly html: string | null;
}

/** @throws {ParseError} */
export async function readPageDirectly({
  body,
  page: { contentType, url, feed, text },
}: PageTask): Promise<PageResult> {
  try {
    const [{ readArticlePage }, { cleanFullText }] = await Promise.all([
      import('../../../parse/page/article-page.js'),
      import('../../../clean/full-text.js'),
    ]);
    const { html, baseUrl, isPaywalled, ...statements } = readArticlePage(body, contentType, url, text);
    if (isPaywalled) return { ...statements, outcome: 'paywalled', html: null };
    if (html === null) return { ...statements, outcome: 'no-article', html: null };
    return { ...statements, ...cleanFullText(html, baseUrl, feed) };
  } catch (error) {
    throw toReadError(error);
  }
}
