/** Detects query parameters that only track the reader. */
import { loadTable } from '../../data/load.js';
import { cacheByText } from '../cached.js';

/** From AdGuard, ClearURLs, Neat URL and Miniflux. `namesOnHosts` includes subdomains. */
const TABLE = loadTable<{
  readonly prefixes: readonly string[];
  readonly names: readonly string[];
  readonly namesOnHosts: Readonly<Record<string, readonly string[]>>;
}>('tracking');

const TRACKING_NAMES: ReadonlySet<string> = new Set(TABLE.names);
const TRACKING_PREFIX = new RegExp(`^(?:${TABLE.prefixes.join('|').replaceAll('.', '\\.')})`);
/** Names that track on a host and its subdomains. */
const listHostNames = cacheByText((host) =>
  Object.entries(TABLE.namesOnHosts).flatMap(([site, names]) => (`.${host}`.endsWith(`.${site}`) ? names : [])),
);

/** Names for the origin of a visit, alone or as a part (`link_source`): tracking if the value is a feed. */
const ORIGIN =
  /(?:^|[_.-])(?:ref|refer|referr?er|src|source|from|via|origin|medium|channel|campaign|cid|cmp|partner|track|tracking|trk|emc|mod|fsrc)(?:$|[_.-])/;

/** @param parameter `name=value`, as written. @param ownHost the feed's host, which counts as an origin. */
export function isTracking(parameter: string, pageHost: string, ownHost: string | null): boolean {
  const { name, value } = parseParameter(parameter);
  if (TRACKING_NAMES.has(name) || TRACKING_PREFIX.test(name)) return true;
  if (listHostNames(pageHost).includes(name)) return true;
  if (name === 'rss') return /^(?:1|true|yes|on|rss)?$/.test(value);
  return ORIGIN.test(name) && (isFeedValue(value) || (ownHost !== null && isHost(value, ownHost)));
}

/** Whether a parameter that all links share names the feed instead of selecting content. */
export function isFeedMark(parameter: string): boolean {
  const { name, value } = parseParameter(parameter);
  return isFeedValue(value) && !SELECTS.test(name);
}

/** Parameters that select a version or part of a page. */
const SELECTS =
  /feed|format|type|output|view|alt|mode|display|render|template|page|^p$|id$|cat|tag|topic|section|folder|^dir|path|file|query|search|^[qs]$|word|title|name|lang|action|^do$|^op$|^cmd$|^act$/;

/** Lower case. */
function parseParameter(parameter: string): { name: string; value: string } {
  const equals = parameter.indexOf('=');
  const name = decodeParameter(equals < 0 ? parameter : parameter.slice(0, equals)).toLowerCase();
  return { name, value: equals < 0 ? '' : decodeParameter(parameter.slice(equals + 1)).toLowerCase() };
}

/** `rss`, `rss.politics`, `en-rss-all`, `rssnews`. Ambiguous words must be the whole value. */
function isFeedValue(value: string): boolean {
  return (
    /(?:^|[^a-z])rss(?![a-z])|^rss/.test(value) || /^(?:feeds?|newsfeed|atom|rdf|feedburner|syndication)$/.test(value)
  );
}

function isHost(value: string, host: string): boolean {
  const bare = (name: string) =>
    name
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/$/, '');
  return bare(value) === bare(host);
}

function decodeParameter(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
