/** Rows of what `newsloom explain` says. */
import type { ArticleInPublication } from '../app/explain.js';

export function row(name: string, value: string): string {
  return `  ${name.padEnd(11)} ${value}`;
}

export function articleLine({ publication, title, url }: ArticleInPublication): string {
  return url === null ? `${publication}: ${title}` : `${publication}: ${title} <${url}>`;
}
