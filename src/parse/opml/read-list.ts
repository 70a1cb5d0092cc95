/** Reads an OPML document as a list of sources. */
import { ParseError } from '../../model/errors.js';
import type { ParsedFeed } from '../../model/item.js';
import { readOpmlOutlines } from '../../text/opml.js';
import { plainLine } from '../../text/plain.js';
import { urlKey } from '../../text/url/url.js';
import { BLANK_FEED } from '../blank-feed.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { createUnrecognizedError } from '../unrecognized.js';
import { isWebAddress } from '../urls.js';
import { firstElement } from '../xml/root.js';

export interface OpmlOptions {
  readonly most: number;
  readonly folders: 'topics' | 'none';
}

/** Drops local addresses and the list's own. @throws {ParseError} PARSE_UNRECOGNIZED, PARSE_NO_ITEMS */
export function parseSourceList(
  { text, warnings }: { readonly text: string; readonly warnings: readonly string[] },
  url: string,
  { most, folders: wanted }: OpmlOptions,
): ParsedFeed {
  if (firstElement(text)?.name.toLowerCase() !== 'opml') throw createUnrecognizedError(text);
  const { outlines, folders } = readOpmlOutlines(text);
  const usable = outlines.filter((outline) => isWebAddress(outline.url) && outline.url.length <= PARSE_LIMITS.line);
  const others = [...new Map(usable.map((outline) => [urlKey(outline.url), outline])).values()].filter(
    (outline) => urlKey(outline.url) !== urlKey(url),
  );
  if (others.length === 0) throw new ParseError('PARSE_NO_ITEMS', 'no feed in the list: no <outline> has an xmlUrl');
  const sources = others.slice(0, most).map((outline) => ({
    url: outline.url,
    title: truncateText(plainLine(outline.title ?? ''), PARSE_LIMITS.line) || null,
    topics: wanted === 'none' ? [] : [...outline.topics],
  }));
  const used = new Set(sources.flatMap(({ topics }) => topics));
  for (const { id, parent } of [...folders].reverse()) if (used.has(id) && parent !== undefined) used.add(parent);
  return {
    ...BLANK_FEED,
    format: 'opml',
    list: { sources, folders: folders.filter(({ id }) => used.has(id)) },
    warnings: [
      ...warnings,
      ...(usable.length < outlines.length
        ? [`skipped addresses that are not http(s): ${outlines.length - usable.length}`]
        : []),
      ...(others.length > most ? [`only the first ${most} of ${others.length} sources are used (opml: most)`] : []),
    ],
  };
}
