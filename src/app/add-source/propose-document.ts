/** Proposes paths for JSON that is not a feed. */
import { ParseError } from '../../model/errors.js';
import type { ParsedFeed } from '../../model/item.js';
import type { JsonField } from '../../parse/json-paths/json-fields.js';
import type { JsonProposal } from '../../parse/json-paths/propose/propose-json.js';

export interface ProposedJson extends JsonProposal {
  /** The URL to configure. */
  readonly url: string;
  readonly siteName: null;
  /** Paths in config syntax. */
  readonly json: Readonly<Record<string, JsonField>>;
}

interface UnknownDocument {
  /** The URL to configure. */
  readonly url: string;
  readonly base: string;
  readonly text: string;
}

/**
 * null: a feed, or not JSON. A document that resembles a JSON Feed only by its key names is one if paths find no dates either.
 * @param feed result of the feed parsers
 * @throws {ParseError} PARSE_NO_ITEMS: JSON without a list of articles
 */
export async function proposeDocument(
  feed: ParsedFeed | ParseError,
  { url, base, text }: UnknownDocument,
): Promise<ProposedJson | null> {
  const isUnread = feed instanceof ParseError;
  if (isUnread ? feed.details.is !== 'json' : !hasOnlyFeedNames(feed)) return null;
  const [{ proposeJson }, { readJson }] = await Promise.all([
    import('../../parse/json-paths/propose/propose-json.js'),
    import('../../parse/json-feed/lenient-json.js'),
  ]);
  const proposal = proposeJson(text, readJson(text).value, base);
  if (proposal === null && isUnread) throw createNoRecordsError(url);
  const isBetter = isUnread || proposal?.items.some(({ date }) => date !== null);
  return proposal !== null && isBetter ? { ...proposal, url, siteName: null, json: toConfigFields(proposal) } : null;
}

function hasOnlyFeedNames({ format, version, items }: ParsedFeed): boolean {
  return format === 'json' && version === null && items.every(({ published }) => published === null);
}

function toConfigFields({ fields }: JsonProposal): Record<string, JsonField> {
  const { items, ...others } = fields;
  return {
    items,
    ...Object.fromEntries(Object.entries(others).filter((one): one is [string, JsonField] => one[1] !== null)),
  };
}

function createNoRecordsError(url: string): ParseError {
  const message = `${url} is JSON, but not a feed, and has no list of articles with URLs. Look for a feed of the site, or write "kind: json" with your own paths (docs/other-sources.md)`;
  return new ParseError('PARSE_NO_ITEMS', message);
}
