/** Reads the settings that FreshRSS adds to its OPML (`xmlns:frss="https://freshrss.org/opml"`). */
import type { ImportedSource, LeftOutSetting } from '../imported-site.js';
import { listUnsupportedAttributes, type ReaderSettings } from './reader-settings.js';

type Attributes = Readonly<Record<string, string>>;

const KNOWN = new Set(['frss:ttl', 'frss:curlopt_httpheader', 'frss:curlopt_proxy', 'frss:curlopt_proxytype']);

const REASONS: Readonly<Record<string, string>> = {
  priority: 'the section contains every source; use a rule to drop articles',
  unicitycriteria: 'articles are identified by id, URL and title together',
  unicitycriteriaforced: 'articles are identified by id, URL and title together',
  cssfullcontent: 'the article text is taken from the feed; pages are not fetched',
  cssfullcontentconditions: 'the article text is taken from the feed; pages are not fetched',
  csscontentfilter: 'article text is cleaned by fixed rules',
  filtersactionread: 'articles have no read state; to drop such articles, write "rules" at the source',
  curlopt_useragent: 'newsloom sends its own User-Agent with the contact of the site',
  curlopt_cookie: `may be a secret; write it into "headers" as \${NAME} and set it in the environment`,
};

const SCRAPED = /^(?:HTML|XML)\+XPath/i;
const JSON_PATHS = /^JSON\+DotNotation$/i;

/** null: no settings of this program. */
export function readFreshrssSettings(attributes: Attributes): ReaderSettings | null {
  const { type = '' } = attributes;
  const isOwn = Object.keys(attributes).some((name) => name.startsWith('frss:'));
  if (!isOwn && !SCRAPED.test(type)) return null;
  const seconds = Number(attributes['frss:ttl'] ?? 0);
  const refused = SCRAPED.test(type)
    ? 'it reads a page by XPath; run "newsloom sources add" with its URL to find a replacement'
    : seconds < 0
      ? 'it is muted'
      : undefined;
  const headers = parseHeaderLines(attributes['frss:curlopt_httpheader'] ?? '');
  const { keys, leftOut } = JSON_PATHS.test(type) ? readJsonKeys(attributes) : { keys: {}, leftOut: [] };
  const proxy = readProxy(attributes);
  return {
    keys: {
      ...keys,
      ...(seconds >= 60 && { every: `${Math.round(seconds / 60)}m` }),
      ...(proxy !== null && { proxy }),
      ...(headers.kept.length > 0 && { headers: Object.fromEntries(headers.kept) }),
    },
    ...(refused !== undefined && { refused }),
    leftOut: refused !== undefined ? [] : [...leftOut, ...headers.leftOut, ...listOtherSettings(attributes, type)],
  };
}

/** libcurl: a scheme in the URL decides, otherwise the type. FreshRSS uses no proxy for type 3. */
function readProxy(attributes: Attributes): string | null {
  const proxy = attributes['frss:curlopt_proxy']?.trim() ?? '';
  const type = attributes['frss:curlopt_proxytype'] ?? '0';
  if (proxy === '' || type === '3') return null;
  if (proxy.includes('://')) return proxy;
  return `${/^[4-7]$/.test(type) ? 'socks' : type === '2' ? 'https' : 'http'}://${proxy}`;
}

function listOtherSettings(attributes: Attributes, type: string): LeftOutSetting[] {
  const prefixed = JSON_PATHS.test(type)
    ? Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith('frss:json')))
    : attributes;
  return listUnsupportedAttributes(prefixed, 'frss:', KNOWN, REASONS);
}

/** Possible secrets must not be written to a file in a repository. */
const SECRET = /auth|cookie|cred|key|token|secret|passw|pwd|session|sign/i;

function parseHeaderLines(text: string): { kept: [string, string][]; leftOut: LeftOutSetting[] } {
  const pairs = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const [, name, value] = /^([\w-]+)\s*:\s*(.+)$/.exec(line.trim()) ?? [];
    return name === undefined ? [] : [[name, value!]];
  });
  return {
    kept: pairs.filter(([name]) => !SECRET.test(name) && !/^user-agent$/i.test(name)),
    leftOut: pairs
      .filter(([name]) => SECRET.test(name))
      .map(([name]) => ({ what: `header ${name}`, why: REASONS.curlopt_cookie! })),
  };
}

/** Dot notation is a subset of the path syntax of `kind: json`. */
const JSON_KEYS: Readonly<Record<string, string>> = {
  jsonitem: 'items',
  jsonitemtitle: 'title',
  jsonitemuri: 'link',
  jsonitemcontent: 'content',
  jsonitemtimestamp: 'date',
  jsonitemauthor: 'author',
  jsonitemthumbnail: 'image',
  jsonitemcategories: 'categories',
  jsonitemuid: 'id',
};

function readJsonKeys(attributes: Attributes): { keys: Partial<ImportedSource>; leftOut: LeftOutSetting[] } {
  const paths = Object.entries(JSON_KEYS).flatMap(([name, key]): [string, string][] => {
    const path = attributes[`frss:${name}`];
    return path ? [[key, path]] : [];
  });
  const leftOut = attributes['frss:jsonitemtimeformat']
    ? [{ what: 'frss:jsonItemTimeFormat', why: 'date formats are detected automatically' }]
    : [];
  return { keys: { kind: 'json', json: Object.fromEntries(paths) }, leftOut };
}
