/** What the XML parsers must know of feed elements: which hold text for people, which hold one line, and which end those that were never closed. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const ATOM_TEXT = 'title summary content subtitle rights tagline info copyright';

/** Their child elements are markup, kept in order and as HTML. */
export const TEXT_ELEMENTS = words(`
  ${ATOM_TEXT} ${ATOM_TEXT.replace(/\b(\w)/g, 'atom:$1')}
  description abstract xhtml:body xhtml:div content:encoded
  dc:title dc:description itunes:title itunes:summary itunes:subtitle media:title media:description`);

/** They hold one line: any element of a feed that begins inside them means that they were never closed. */
const LINE_ELEMENTS = words(`
  title link guid id pubDate lastBuildDate published updated modified issued created language copyright rights
  managingEditor webMaster generator docs ttl comments category
  dc:title dc:creator dc:date dc:subject dc:publisher dc:language dc:rights dcterms:issued dcterms:modified
  itunes:title itunes:author itunes:subtitle itunes:duration itunes:keywords feedburner:origLink
  media:title media:keywords media:credit sy:updatePeriod sy:updateFrequency
  atom:id atom:published atom:updated atom:title`);

/** They hold longer text, whose markup may have elements of the same names as a feed has. */
const LONG_TEXT_ELEMENTS = words(`
  description summary content subtitle tagline info content:encoded
  dc:description itunes:summary media:description atom:summary atom:content atom:subtitle`);

/** Elements that stand in a channel or an item. */
const FIELD_ELEMENTS = words(`
  title link guid id pubDate lastBuildDate published updated modified issued language copyright rights
  managingEditor webMaster generator docs ttl comments category author contributor
  description summary content subtitle enclosure source image skipHours skipDays cloud textInput
  item entry channel items content:encoded`);

/** Names that HTML has as well. */
const ALSO_HTML = words('title link source summary image content');

export const ITEM_ELEMENTS = words('item entry');

/** Their closing tag counts even past the depth that we follow. */
export const STRUCTURE_ELEMENTS = words('item entry channel feed rss rdf:RDF atom:feed atom:entry');

/** What may hold items. Whatever else is open when an item begins was never closed, or is a wrapper that nobody needs. */
export const ITEM_HOLDERS = words('channel feed rss rdf:RDF atom:feed items');

/** Whether an element that is still open must have been closed before a field of a feed begins. */
export function mustEndBefore(open: string, next: string): boolean {
  const field =
    FIELD_ELEMENTS.has(next) || (next.includes(':') && !next.startsWith('xhtml:') && LINE_ELEMENTS.has(next));
  if (!field) return false;
  return LINE_ELEMENTS.has(open) || (LONG_TEXT_ELEMENTS.has(open) && !ALSO_HTML.has(next));
}
