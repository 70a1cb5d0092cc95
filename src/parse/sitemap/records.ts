/** Reads the entries of a sitemap or sitemap index, whatever its prefixes. */
import { type Attributes, readXmlDecoded } from '../../text/markup.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';

/** A `url`, or a `sitemap` of an index. */
export interface SitemapRecord {
  loc?: string;
  lastmod?: string;
  newsTitle?: string;
  newsDate?: string;
  publication?: string;
  language?: string;
  keywords?: string;
  readonly images: string[];
}

export interface SitemapRecords {
  /** null: not a sitemap. */
  readonly root: 'urlset' | 'sitemapindex' | null;
  readonly records: readonly SitemapRecord[];
}

/** sitemaps.org: 50,000 per file. */
const MOST_RECORDS = 50_000;

type Field = Exclude<keyof SitemapRecord, 'images'>;

/** By namespace and local name. */
const FIELDS: Readonly<Record<string, Field>> = {
  ' loc': 'loc',
  ' lastmod': 'lastmod',
  'news title': 'newsTitle',
  'news publication_date': 'newsDate',
  'news name': 'publication',
  'news language': 'language',
  'news keywords': 'keywords',
};

/** One pass. */
export function readSitemapRecords(text: string): SitemapRecords {
  const records: SitemapRecord[] = [];
  const namespaces = new Map<string, string>();
  let root: SitemapRecords['root'] | undefined;
  let record: SitemapRecord | null = null;
  let value: string | null = null;
  const add = (more: string) => {
    if (value !== null && value.length < PARSE_LIMITS.line) value = truncateText(value + more, PARSE_LIMITS.line);
  };
  readXmlDecoded(text, {
    open(name, attributes, isEmpty) {
      if (root === undefined) root = toRootKind(name);
      recordNamespaces(attributes, namespaces);
      const local = stripPrefix(name);
      if (local === 'url' || local === 'sitemap') {
        record = { images: [] };
        if (!isEmpty) records.push(record);
      }
      value = record === null ? null : '';
    },
    close(name) {
      if (record !== null && value !== null) setField(record, fieldKey(name, namespaces), value.trim());
      value = null;
      if (['url', 'sitemap'].includes(stripPrefix(name))) record = null;
    },
    text: add,
    cdata: add,
    done: () => root === null || records.length > MOST_RECORDS,
  });
  return { root: root ?? null, records: records.slice(0, MOST_RECORDS) };
}

function toRootKind(name: string): SitemapRecords['root'] {
  const local = stripPrefix(name);
  return local === 'urlset' || local === 'sitemapindex' ? local : null;
}

function stripPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

/** The first value counts. An empty element is ignored. */
function setField(record: SitemapRecord, key: string, value: string): void {
  if (value === '') return;
  if (key === 'image loc') {
    if (record.images.length < PARSE_LIMITS.list) record.images.push(value);
    return;
  }
  const field = FIELDS[key];
  if (field !== undefined) record[field] ??= value;
}

/** `news title`, `image loc`, ` loc` of the sitemap's own namespace. */
function fieldKey(name: string, namespaces: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  return `${namespaces.get(prefix) ?? (prefix === '' ? '' : prefix.toLowerCase())} ${stripPrefix(name)}`;
}

const EXTENSION = /\/sitemap-(news|image|video|mobile)\b/i;

/** The namespace address decides the extension. An undeclared prefix keeps its usual meaning. */
function recordNamespaces(attributes: Attributes, namespaces: Map<string, string>): void {
  for (const [name, uri] of Object.entries(attributes)) {
    if (!name.startsWith('xmlns')) continue;
    const extension = EXTENSION.exec(uri)?.[1]?.toLowerCase();
    const isOwn = /sitemaps\.org|\/schemas\/sitemap\/0\.\d/.test(uri);
    if (namespaces.size < PARSE_LIMITS.list && (extension !== undefined || isOwn))
      namespaces.set(name.slice(6), extension ?? '');
  }
}
