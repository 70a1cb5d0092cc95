/** Tells which query parameters track how a reader came to a page and do not select the page. */
import { loadTable } from '../../data/load.js';

/**
 * Names as in the public lists of AdGuard (URL Tracking filter), ClearURLs (Rules), Neat URL and Miniflux, and in links of feeds.
 * `namesOnHosts` track on these hosts and their subdomains; elsewhere they may select the page.
 */
const TABLE = loadTable<{
  readonly prefixes: readonly string[];
  readonly names: readonly string[];
  readonly namesOnHosts: Readonly<Record<string, readonly string[]>>;
}>('tracking');

const TRACKING_NAMES: ReadonlySet<string> = new Set(TABLE.names);
const TRACKING_BY_HOST: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(TABLE.namesOnHosts).map(([host, names]) => [host, new Set(names)]),
);

/** Names that say where a reader came from, alone or as a part (`link_source`): they track where their value is a feed. */
const ORIGIN =
  /(?:^|[_.-])(?:ref|refer|referr?er|src|source|from|via|origin|medium|channel|campaign|cid|cmp|partner|track|tracking|trk|emc|mod|fsrc)(?:$|[_.-])/;

/**
 * Whether `name=value`, as written in the query of a page, only tracks. Names that say where a reader came from do so only where their
 * value names a feed or is `ownHost`, the feed's host: elsewhere they may select the page.
 */
export function isTracking(parameter: string, pageHost: string, ownHost: string | null): boolean {
  const { name, value } = namedValue(parameter);
  if (TRACKING_NAMES.has(name) || TABLE.prefixes.some((prefix) => name.startsWith(prefix))) return true;
  if (isTrackingOn(pageHost, name)) return true;
  if (name === 'rss') return /^(?:1|true|yes|on|rss)?$/.test(value);
  return ORIGIN.test(name) && (namesFeed(value) || (ownHost !== null && isHost(value, ownHost)));
}

/** Whether every link of a feed has a parameter because it is one of that feed, and not to select what the page shows. */
export function marksFeed(parameter: string): boolean {
  const { name, value } = namedValue(parameter);
  return namesFeed(value) && !SELECTS.test(name);
}

/** Names by which an address asks for a version of a page, or for one of its parts. */
const SELECTS =
  /feed|format|type|output|view|alt|mode|display|render|template|page|^p$|id$|cat|tag|topic|section|folder|^dir|path|file|query|search|^[qs]$|word|title|name|lang|action|^do$|^op$|^cmd$|^act$/;

/** Lower case. */
function namedValue(parameter: string): { name: string; value: string } {
  const equals = parameter.indexOf('=');
  const name = decoded(equals < 0 ? parameter : parameter.slice(0, equals)).toLowerCase();
  return { name, value: equals < 0 ? '' : decoded(parameter.slice(equals + 1)).toLowerCase() };
}

function isTrackingOn(host: string, name: string): boolean {
  for (let at = host; at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
    if (TRACKING_BY_HOST.get(at)?.has(name)) return true;
  }
  return false;
}

/** `rss`, `rss.politics`, `en-rss-all`, `rssnews`; of the words that mean other things too only the whole value. */
function namesFeed(value: string): boolean {
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

function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
