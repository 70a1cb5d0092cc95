/** Converts Microsoft's Channel Definition Format (1997, W3C NOTE-CDFsubmit) to RSS, without its schedule. */
import type { ParsedFeed } from '../model/item.js';
import { toParsedFeed } from './rss-atom/feed-fields.js';
import { resolveUrl } from './urls.js';
import { collectWarnings } from './warnings.js';
import { attribute, child, children, findXmlBase, type XmlElement, type XmlNode } from './xml/element.js';
import { type FeedRoot, findFeedRoot } from './xml/root.js';
import { parseTolerantly } from './xml/tolerant-parser.js';

/** null: not CDF. */
export function parseCdf(source: string, documentUrl: string | null): ParsedFeed | null {
  const root = findFeedRoot(source);
  if (root === null || !isCdf(source, root)) return null;
  const warnings = collectWarnings();
  const document = parseTolerantly(source, root, documentUrl, warnings);
  const channel = document.root;
  const written = attribute(channel, 'base');
  const base = written === null ? documentUrl : resolveUrl(written, findXmlBase(channel) ?? documentUrl);
  const items = children(channel, 'item').map((item) => toRssElement(item, base));
  const rss = { channel: [{ ...toRssElement(channel, base), item: items }] };
  return { ...toParsedFeed({ ...document, rootName: 'rss', root: rss }, base, warnings), format: 'cdf' };
}

/** CDF has the address of a channel in an attribute. RSS has it in an element. */
function isCdf(source: string, root: FeedRoot): boolean {
  if (!/^channel$/i.test(root.name)) return false;
  return (
    /\s(?:href|base|self|lastmod|precache|level)\s*=/i.test(root.tag) ||
    /<(?:item\s[^<>]{0,500}(?:href|lastmod)|abstract)\b/i.test(source)
  );
}

/** The address is in an attribute, or in an `A` element inside. */
function toRssElement(node: XmlNode, base: string | null): XmlElement {
  const href = attribute(node, 'href') ?? attribute(child(node, 'a'), 'href');
  const logo = attribute(child(node, 'logo'), 'href');
  const modified = attribute(node, 'lastmod');
  const resolved = (address: string | null) => (address === null ? [] : [resolveUrl(address, base)]);
  return {
    title: children(node, 'title'),
    description: children(node, 'abstract'),
    link: resolved(href),
    image: resolved(logo).map((address) => ({ url: [address] })),
    pubDate: modified === null ? [] : [modified],
    'atom:updated': modified === null ? [] : [modified],
  };
}
