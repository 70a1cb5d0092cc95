/** Extracts the authors of an article, without their e-mail addresses. */
import type { Author } from '../model/article.js';
import type { Person } from '../model/item.js';
import { lettersOnly } from '../text/plain.js';
import { canonicalUrl } from '../text/url/url.js';
import { nameOf } from './plain-text.js';

/** Names in the source's spelling, without "By", each once; a byline that names the publication is no author. */
export function authorsOf(persons: readonly Person[], publications: readonly string[], base: string): Author[] {
  const papers = new Set(publications.map(lettersOnly));
  const authors = new Map<string, Author>();
  for (const person of persons) {
    const name = nameOf(person.name).replace(/^(?:by[:\s]\s*)+/iu, '');
    const key = lettersOnly(name);
    if (key === '' || papers.has(key) || isMail(name)) continue;
    const url = person.url === null ? null : canonicalUrl(person.url, base);
    const known = authors.get(key);
    if (known === undefined || (known.url === null && url !== null))
      authors.set(key, { name: known?.name ?? name, url });
  }
  return [...authors.values()];
}

function isMail(name: string): boolean {
  const at = name.indexOf('@', 1);
  return at > 0 && name.lastIndexOf('.', name.length - 2) > at + 1 && !/\s/.test(name);
}
