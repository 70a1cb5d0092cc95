/** Proposes how JSON that is no feed is read. */
import { ParseError } from '../../model/errors.js';
import type { ParsedFeed } from '../../model/item.js';
import type { JsonField } from '../../parse/json-paths/json-fields.js';
import type { JsonProposal } from '../../parse/json-paths/propose/propose-json.js';

export interface ProposedJson extends JsonProposal {
  /** The address to configure. */
  readonly url: string;
  readonly siteName: null;
  /** The paths as the config has them. */
  readonly json: Readonly<Record<string, JsonField>>;
}

/** The document, and what its address is. */
interface UnknownDocument {
  /** To configure. */
  readonly url: string;
  /** For its relative links. */
  readonly base: string;
  readonly text: string;
}

/**
 * null: it is a feed, or no JSON. What looks like a JSON Feed by its names alone (no version, no dates) is one only where paths find no
 * dates in it either.
 * @param feed what the readers of feeds made of it.
 * @throws {ParseError} PARSE_NO_ITEMS: JSON in which no list of articles is found.
 */
export async function proposeDocument(
  feed: ParsedFeed | ParseError,
  { url, base, text }: UnknownDocument,
): Promise<ProposedJson | null> {
  const isUnread = feed instanceof ParseError;
  if (isUnread ? feed.details.is !== 'json' : !isFeedByNames(feed)) return null;
  const [{ proposeJson }, { readJson }] = await Promise.all([
    import('../../parse/json-paths/propose/propose-json.js'),
    import('../../parse/json-feed/lenient-json.js'),
  ]);
  const proposal = proposeJson(text, readJson(text).value, base);
  if (proposal === null && isUnread) throw noRecords(url);
  const isBetter = isUnread || proposal?.items.some(({ date }) => date !== null);
  return proposal !== null && isBetter ? { ...proposal, url, siteName: null, json: writtenFields(proposal) } : null;
}

function isFeedByNames({ format, version, items }: ParsedFeed): boolean {
  return format === 'json' && version === null && items.every(({ published }) => published === null);
}

function writtenFields({ fields }: JsonProposal): Record<string, JsonField> {
  const { items, ...others } = fields;
  return {
    items,
    ...Object.fromEntries(Object.entries(others).filter((one): one is [string, JsonField] => one[1] !== null)),
  };
}

function noRecords(url: string): ParseError {
  const message = `${url} is JSON, but no feed, and newsloom finds no list of articles with addresses in it: look for a feed of the site, or write "kind: json" with paths of your own (docs/other-sources.md)`;
  return new ParseError('PARSE_NO_ITEMS', message);
}
