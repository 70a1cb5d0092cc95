/** Rows of what `newsloom explain` says, and why an article is not found by its headline. */
import type { ArticleInPublication, TitledArticles } from '../app/explain/search-articles.js';

export function row(name: string, value: string): string {
  return `  ${name.padEnd(11)} ${value}`;
}

export function articleLine({ publication, title, url }: ArticleInPublication): string {
  return url === null ? `${publication}: ${title}` : `${publication}: ${title} <${url}>`;
}

export function titledLines(asked: string, { newest, more }: TitledArticles): string {
  if (newest.length > 0) {
    const lines = newest.map((one) => `\n  ${articleLine(one)}`).join('');
    const others = more === 0 ? '' : `\n  … and ${more} more, older ones`;
    return `several headlines have these words; name one by its address or id:${lines}${others}`;
  }
  const none = /\s/.test(asked)
    ? `no headline has the words "${asked}"`
    : `no article is known as ${asked}, and no headline has this word`;
  return `${none}; give the address of the article, or of its page`;
}
