/** Finds query parameters that all links of a feed share, so they do not distinguish its articles. */
import { parseUrl } from './parse-url.js';

/** Fewer links may share a parameter by chance. */
const ENOUGH_LINKS = 3;

const MOST = 8;

/**
 * `name=value`, as written and in order. Parameters are learned from the first document, and dropped for ever at the
 * first link without them. So the result does not depend on how links are split into documents.
 * @param urls canonical addresses of new links
 * @param known the previous result; null: none
 */
export function findCommonParameters(
  urls: readonly string[],
  known: readonly string[] | null,
): readonly string[] | null {
  const links = [...new Set(urls)].map((url) => new Set(splitQuery(url)));
  if (links.length === 0) return known;
  if (known === null && links.length < ENOUGH_LINKS) return [];
  const candidates = known ?? [...links[0]!].slice(0, MOST);
  return candidates.filter((part) => links.every((link) => link.has(part)));
}

export function removeParameters(url: string, parameters: readonly string[]): string {
  const parsed = parameters.length === 0 ? null : parseUrl(url);
  if (parsed === null || parsed.search === '') return url;
  parsed.search = splitQuery(url)
    .filter((part) => !parameters.includes(part))
    .join('&');
  return parsed.href;
}

function splitQuery(url: string): string[] {
  const start = url.indexOf('?');
  if (start < 0) return [];
  return (parseUrl(url)?.search.slice(1) ?? '').split('&').filter((part) => part !== '');
}
