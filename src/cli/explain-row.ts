/** Prints the steps of an explanation, and the candidates when a headline is ambiguous. */
import type { ArticleInPublication, TitledArticles } from '../app/explain/search-articles.js';

export interface ExplainedStep {
  readonly step: string;
  readonly verdict: string;
  readonly why: readonly string[];
}

export function formatStep({ step, verdict, why }: ExplainedStep): string[] {
  return [verdict, ...why].map((line, i) => `  ${(i === 0 ? step : '').padEnd(11)} ${line}`);
}

export function formatArticle({ publication, title, url }: ArticleInPublication): string {
  return url === null ? `${publication}: ${title}` : `${publication}: ${title} <${url}>`;
}

export function formatTitleMatches(asked: string, { newest, more }: TitledArticles): string {
  if (newest.length === 0)
    return `unknown article ${asked}, and no headline contains the words "${asked}"; use the address of the article or of its page`;
  const lines = newest.map((one) => `\n  ${formatArticle(one)}`).join('');
  return `several headlines contain these words; use an address or id:${lines}${more === 0 ? '' : `\n  … and ${more} older ones`}`;
}
