/** Classifies feed elements for the XML parsers: text, single lines, and elements that end unclosed ones. */

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const ATOM_TEXT = 'title summary content subtitle rights tagline info copyright';

/** Child elements of these are markup, kept in order as HTML. */
export const TEXT_ELEMENTS = words(`
  ${ATOM_TEXT} ${ATOM_TEXT.replace(/\b(\w)/g, 'atom:$1')}
  description abstract xhtml:body xhtml:div content:encoded
  dc:title dc:description itunes:title itunes:summary itunes:subtitle media:title media:description`);

/** Contain one line: a feed element that begins inside them indicates a missing end tag. */
const LINE_ELEMENTS = words(`
  title link guid id pubDate lastBuildDate published updated modified issued created language copyright rights
  managingEditor webMaster generator docs ttl comments category
  dc:title dc:creator dc:date dc:subject dc:publisher dc:language dc:rights dcterms:issued dcterms:modified
  itunes:title itunes:author itunes:subtitle itunes:duration itunes:keywords feedburner:origLink
  media:title media:keywords media:credit sy:updatePeriod sy:updateFrequency tdm:reservation tdm:policy
  atom:id atom:published atom:updated atom:title`);

/** Contain longer text, whose markup may have element names that feeds have too. */
const LONG_TEXT_ELEMENTS = words(`
  description summary content subtitle tagline info content:encoded
  dc:description itunes:summary media:description atom:summary atom:content atom:subtitle`);

/** Elements of a channel or an item. */
const FIELD_ELEMENTS = words(`
  title link guid id pubDate lastBuildDate published updated modified issued language copyright rights
  managingEditor webMaster generator docs ttl comments category author contributor
  description summary content subtitle enclosure source image skipHours skipDays cloud textInput
  item entry channel items content:encoded`);

/** Names that are elements of HTML too. */
const ALSO_HTML = words('title link source summary image content');

export const ITEM_ELEMENTS = words('item entry');

/** End tags of these count even beyond the depth limit. */
export const STRUCTURE_ELEMENTS = words('item entry channel feed rss rdf:RDF atom:feed atom:entry');

/** Elements that may contain items. Any other element open at the beginning of an item is unclosed, or a wrapper without meaning. */
export const ITEM_HOLDERS = words('channel feed rss rdf:RDF atom:feed items');

/** Whether an open element must be unclosed, given that a field of a feed begins. */
export function mustEndBefore(open: string, next: string): boolean {
  const field =
    FIELD_ELEMENTS.has(next) || (next.includes(':') && !next.startsWith('xhtml:') && LINE_ELEMENTS.has(next));
  if (!field) return false;
  return LINE_ELEMENTS.has(open) || (LONG_TEXT_ELEMENTS.has(open) && !ALSO_HTML.has(next));
}
