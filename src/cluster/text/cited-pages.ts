/** Finds the pages that an article cites. Reports that cite one page, or one another, are about one event. */
import { readMarkup } from '../../text/markup.js';
import { findSite } from '../../text/url/site-of.js';
import { resolveUrlKey, urlKey } from '../../text/url/url.js';
import { hashTerm } from './term.js';

/** An article with more links is a list, and does not cite them. */
const MAX_CITED = 30;
/** Minimum length of path and query of a single page. Shorter ones are front pages, sections and accounts. */
const SHORTEST_PATH = 16;
/** Reference works, which reports on many events cite. */
const REFERENCE = /^(?:wikipedia|wikimedia|wiktionary|imdb|britannica)\./;

/** Keys (`urlKey`) of the pages on other sites that the text links to. `url`: the article's own. */
export function listCitedPages(html: string, url: string | null): string[] {
  if (!html.includes('href')) return [];
  const own = url === null ? null : findSite(url);
  const cited = new Set<string>();
  readMarkup(html, {
    open(name, { href }) {
      const key = name === 'a' && href !== undefined ? resolveUrlKey(href, url) : null;
      if (key !== null && isPage(key, own)) cited.add(key);
    },
    close() {},
    text() {},
  });
  return cited.size > MAX_CITED ? [] : [...cited];
}

function isPage(key: string, own: string | null): boolean {
  if (key.length - key.indexOf('/', 8) <= SHORTEST_PATH) return false;
  const site = findSite(key);
  return site !== null && site !== own && !REFERENCE.test(site);
}

/** Hashes of the article's own page and of those that it cites, ascending. */
export function hashPages(html: string | null | undefined, url: string | null | undefined): Int32Array {
  if (!html && !url) return NONE;
  const cited = html ? listCitedPages(html, url ?? null) : [];
  const pages = url ? [urlKey(url), ...cited] : cited;
  return Int32Array.from(new Set(pages), (page) => hashTerm('page', page)).sort();
}

const NONE = new Int32Array(0);
