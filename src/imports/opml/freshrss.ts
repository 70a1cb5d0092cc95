/** The settings that FreshRSS writes into its OPML (`xmlns:frss="https://freshrss.org/opml"`). */
import type { ImportedSource, LeftOutSetting } from '../imported-site.js';
import { type ReaderSettings, unlikeAttributes } from './reader-settings.js';

type Attributes = Readonly<Record<string, string>>;

const KNOWN = new Set(['frss:ttl', 'frss:curlopt_httpheader', 'frss:curlopt_proxy', 'frss:curlopt_proxytype']);

const REASONS: Readonly<Record<string, string>> = {
  priority: 'every source is in the whole; a rule may drop what should not be',
  unicitycriteria: 'articles are known by id, address and title together',
  unicitycriteriaforced: 'articles are known by id, address and title together',
  cssfullcontent: 'the text of articles is taken from the feed; pages are not fetched for it',
  cssfullcontentconditions: 'the text of articles is taken from the feed; pages are not fetched for it',
  csscontentfilter: 'what a publisher writes is cleaned by fixed rules',
  filtersactionread: 'nothing is read or unread here; to drop such articles, write "rules" at the source',
  curlopt_useragent: 'newsloom names itself to publishers, with the contact of the site',
  curlopt_cookie: `it may be a secret: write it into "headers" as \${NAME}, from the environment`,
};

const SCRAPED = /^(?:HTML|XML)\+XPath/i;
const JSON_PATHS = /^JSON\+DotNotation$/i;

/** null: none. */
export function freshrssSettings(attributes: Attributes): ReaderSettings | null {
  const { type = '' } = attributes;
  const isOwn = Object.keys(attributes).some((name) => name.startsWith('frss:'));
  if (!isOwn && !SCRAPED.test(type)) return null;
  const seconds = Number(attributes['frss:ttl'] ?? 0);
  const refused = SCRAPED.test(type)
    ? 'it is read from a page by XPath: "newsloom sources add" with its address proposes how to read it here'
    : seconds < 0
      ? 'it is muted'
      : undefined;
  const headers = headersOf(attributes['frss:curlopt_httpheader'] ?? '');
  const { keys, leftOut } = JSON_PATHS.test(type) ? jsonKeys(attributes) : { keys: {}, leftOut: [] };
  const proxy = proxyOf(attributes);
  return {
    keys: {
      ...keys,
      ...(seconds >= 60 && { every: `${Math.round(seconds / 60)}m` }),
      ...(proxy !== null && { proxy }),
      ...(headers.kept.length > 0 && { headers: Object.fromEntries(headers.kept) }),
    },
    ...(refused !== undefined && { refused }),
    leftOut: refused !== undefined ? [] : [...leftOut, ...headers.leftOut, ...others(attributes, type)],
  };
}

/** libcurl: what stands before the address says which kind it is, else the type does. Of type 3 FreshRSS uses none. */
function proxyOf(attributes: Attributes): string | null {
  const proxy = attributes['frss:curlopt_proxy']?.trim() ?? '';
  const type = attributes['frss:curlopt_proxytype'] ?? '0';
  if (proxy === '' || type === '3') return null;
  if (proxy.includes('://')) return proxy;
  return `${/^[4-7]$/.test(type) ? 'socks' : type === '2' ? 'https' : 'http'}://${proxy}`;
}

function others(attributes: Attributes, type: string): LeftOutSetting[] {
  const prefixed = JSON_PATHS.test(type)
    ? Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith('frss:json')))
    : attributes;
  return unlikeAttributes(prefixed, 'frss:', KNOWN, REASONS);
}

/** What may be a secret does not go into a file that is kept in a repository. */
const SECRET = /auth|cookie|cred|key|token|secret|passw|pwd|session|sign/i;

function headersOf(text: string): { kept: [string, string][]; leftOut: LeftOutSetting[] } {
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

/** Dot notation is a part of the paths of `kind: json`. */
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

function jsonKeys(attributes: Attributes): { keys: Partial<ImportedSource>; leftOut: LeftOutSetting[] } {
  const paths = Object.entries(JSON_KEYS).flatMap(([name, key]): [string, string][] => {
    const path = attributes[`frss:${name}`];
    return path ? [[key, path]] : [];
  });
  const leftOut = attributes['frss:jsonitemtimeformat']
    ? [{ what: 'frss:jsonItemTimeFormat', why: 'dates of any form that feeds use are read' }]
    : [];
  return { keys: { kind: 'json', json: Object.fromEntries(paths) }, leftOut };
}
