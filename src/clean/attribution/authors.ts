/** Extracts the authors of an article, without their e-mail addresses. */
import type { Author } from '../../model/article.js';
import type { Person } from '../../model/item.js';
import { lettersOnly } from '../../text/plain.js';
import { canonicalUrl } from '../../text/url/url.js';
import { cleanName } from '../plain-text.js';
import { parseByline } from './bylines.js';

/** People and agencies, each once. A byline with the publication's own name is not an author. */
export function extractAuthors(persons: readonly Person[], publications: readonly string[], base: string): Author[] {
  const authors = new Map<string, Author>();
  for (const person of persons) {
    const names = parseByline(cleanName(person.name), publications);
    // An address belongs to one person.
    const url = person.url === null || names.length > 1 ? null : canonicalUrl(person.url, base);
    for (const name of names) {
      const key = lettersOnly(name);
      const known = authors.get(key);
      if (key !== '' && (known === undefined || (known.url === null && url !== null)))
        authors.set(key, { name: known?.name ?? name, url });
    }
  }
  return [...authors.values()];
}
