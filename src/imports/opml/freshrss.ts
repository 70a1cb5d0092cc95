/** Reads the settings that FreshRSS adds to its OPML (`xmlns:frss="https://freshrss.org/opml"`). */
import type { LeftOutSetting } from '../imported-site.js';
import { listUnsupportedAttributes, type ReaderSettings } from './reader-settings.js';

type Attributes = Readonly<Record<string, string>>;

const KNOWN = new Set(['frss:ttl', 'frss:curlopt_httpheader', 'frss:curlopt_proxy', 'frss:curlopt_proxytype']);

const SECRET_HEADER = `may be a secret; write it into "headers" as \${NAME} and set it in the environment`;

/** Pages by XPath, and JSON by paths. */
const BY_PATHS = /^(?:(?:HTML|XML)\+XPath|JSON\+(?:DotNotation|XPath))/i;

/** null: no settings of this program. */
export function readFreshrssSettings(attributes: Attributes): ReaderSettings | null {
  const { type = '' } = attributes;
  const isOwn = Object.keys(attributes).some((name) => name.startsWith('frss:'));
  if (!isOwn && !BY_PATHS.test(type)) return null;
  const seconds = Number(attributes['frss:ttl'] ?? 0);
  const refused = BY_PATHS.test(type)
    ? 'it reads a page or JSON by paths; run "newsloom sources add" with its URL to find a replacement'
    : seconds < 0
      ? 'it is muted'
      : undefined;
  const headers = parseHeaderLines(attributes['frss:curlopt_httpheader'] ?? '');
  const proxy = readProxy(attributes);
  return {
    keys: {
      ...(seconds >= 60 && { every: `${Math.round(seconds / 60)}m` }),
      ...(proxy !== null && { proxy }),
      ...(headers.kept.length > 0 && { headers: Object.fromEntries(headers.kept) }),
    },
    ...(refused !== undefined && { refused }),
    leftOut:
      refused !== undefined ? [] : [...headers.leftOut, ...listUnsupportedAttributes(attributes, 'frss:', KNOWN)],
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
      .map(([name]) => ({ what: `header ${name}`, why: SECRET_HEADER })),
  };
}
