/** Known namespaces and the canonical prefix of each, whatever prefix the document uses. */

/** Address, lower case, without `/` or `#` at its end → prefix; '': the feed's own vocabulary. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns': 'atom',
  'http://purl.org/rss/1.0': '',
  'http://purl.org/net/rss1.1': '',
  'http://my.netscape.com/rdf/simple/0.9': '',
  'http://channel.netscape.com/rdf/simple/0.9': '',
  'http://backend.userland.com/rss': '',
  'http://backend.userland.com/rss2': '',
  'http://backend.userland.com/rss091': '',
  'http://backend.userland.com/rss092': '',
  'http://backend.userland.com/rss093': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
  'http://cyber.law.harvard.edu/rss/rss.html': '',
  'http://www.rssboard.org/rss-specification': '',
  'http://purl.org/rss/1.0/modules/content': 'content',
  'http://purl.org/rss/1.0/modules/syndication': 'sy',
  'http://purl.org/dc/elements/1.0': 'dc',
  'http://purl.org/dc/elements/1.1': 'dc',
  'http://purl.org/dc/terms': 'dcterms',
  'http://search.yahoo.com/mrss': 'media',
  'http://video.search.yahoo.com/mrss': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://podcastindex.org/namespace/1.0': 'podcast',
  'http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md': 'podcast',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'http://purl.org/atompub/tombstones/1.0': 'at',
  'http://www.w3.org/ns/tdmrep': 'tdm',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/2000/svg': 'svg',
  'http://www.w3.org/1998/math/mathml': 'math',
  'http://www.w3.org/xml/1998/namespace': 'xml',
};

const PREFIXES: ReadonlyMap<string, string> = new Map(Object.entries(ADDRESSES));
const KNOWN: ReadonlySet<string> = new Set(PREFIXES.values());

/** The canonical prefix of a namespace; null: unknown. */
export function prefixOfNamespace(address: string): string | null {
  return PREFIXES.get(normalizedAddress(address)) ?? null;
}

function normalizedAddress(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/(?<![/#])[/#]+$/, '');
}

/** Whether a prefix is conventional for one namespace, which it then means even undeclared. */
export function isKnownPrefix(prefix: string): boolean {
  return KNOWN.has(prefix);
}

/** Names with capitals, by their lower-case form. */
const CAPITALS: ReadonlyMap<string, string> = new Map(
  [
    'pubDate lastBuildDate managingEditor webMaster skipHours skipDays textInput',
    'rdf:RDF rdf:Seq rdf:Bag sy:updatePeriod sy:updateFrequency sy:updateBase feedburner:origLink',
    'dcterms:accessRights podcast:socialInteract',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
);

/** The spelling of a name in its vocabulary, from any letter case. */
export function canonicalName(prefix: string, local: string): string {
  const lower = local.toLowerCase();
  const name = prefix === '' ? lower : `${prefix}:${lower}`;
  return CAPITALS.get(name) ?? name;
}

const ATTRIBUTE_CAPITALS: ReadonlyMap<string, string> = new Map([
  ['ispermalink', 'isPermaLink'],
  ['filesize', 'fileSize'],
]);

export function canonicalAttribute(name: string): string {
  const lower = name.toLowerCase();
  return ATTRIBUTE_CAPITALS.get(lower) ?? lower;
}
