/** Finds query parameters that all links of a feed have with one value: they tell its articles apart from nothing. */
import { parseUrl } from './parse-url.js';

/** Fewer links may share a parameter by chance. */
const ENOUGH_LINKS = 3;

/** A feed that has more of them is no feed of ours to judge. */
const MOST = 8;

/**
 * `name=value`, as written, of every parameter that all addresses have, in their order. A parameter is learned from the first document
 * and forgotten for ever at the first link without it: so the same links give the same result in one document or in several.
 * @param urls canonical addresses of the links that are new
 * @param known as the links before them gave it; null: there were none
 */
export function commonParameters(urls: readonly string[], known: readonly string[] | null): readonly string[] | null {
  const links = [...new Set(urls)].map((url) => new Set(partsOf(url)));
  if (links.length === 0) return known;
  if (known === null && links.length < ENOUGH_LINKS) return [];
  const candidates = known ?? [...links[0]!].slice(0, MOST);
  return candidates.filter((part) => links.every((link) => link.has(part)));
}

/** The address without these parameters. */
export function withoutParameters(url: string, parameters: readonly string[]): string {
  const parsed = parameters.length === 0 ? null : parseUrl(url);
  if (parsed === null || parsed.search === '') return url;
  parsed.search = partsOf(url)
    .filter((part) => !parameters.includes(part))
    .join('&');
  return parsed.href;
}

function partsOf(url: string): string[] {
  const start = url.indexOf('?');
  if (start < 0) return [];
  return (parseUrl(url)?.search.slice(1) ?? '').split('&').filter((part) => part !== '');
}
