/** The default id of a source. */
import { createHash } from 'node:crypto';

/** Characters: file systems limit names to 255 bytes, and ours get an extension. */
export const LONGEST_ID = 200;

const GENERIC = new Set([
  'feed',
  'feeds',
  'rss',
  'atom',
  'xml',
  'json',
  'rdf',
  'index',
  'www',
  'default',
  'php',
  'rss2',
]);

/**
 * Derived from its address: `https://foreignpolicy.com/feed/` → `foreignpolicy-com`, `https://feeds.bbci.co.uk/news/world/rss.xml`
 * → `bbci-co-uk-news-world`. Depends on the address alone, so that adding or removing other sources never changes it.
 */
export function sourceIdOf(url: string): string {
  const { hostname, port, pathname, search, protocol } = new URL(url);
  const where = protocol === 'file:' ? '' : hostname;
  const words = `${where} ${port} ${plainUri(pathname)} ${plainUri(search)}`.toLowerCase().split(/[^a-z0-9]+/);
  const kept = words.filter((word) => word !== '' && !GENERIC.has(word));
  return shortened(kept.join('-')) || 'source';
}

/** Cuts a long id and appends a hash; leaves room for the number that an OPML import may add. */
function shortened(id: string): string {
  if (id.length <= LONGEST_ID) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.slice(0, LONGEST_ID - 20)}-${hash}`;
}

function plainUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
