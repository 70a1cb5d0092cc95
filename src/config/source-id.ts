/** The id of a source whose editor gave none. */
import { createHash } from 'node:crypto';

/** Characters: file systems end names at 255 bytes, and ours bear an ending. */
export const LONGEST_ID = 200;

const SAYS_NOTHING = new Set([
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
 * From its address: `https://foreignpolicy.com/feed/` → `foreignpolicy-com`, `https://feeds.bbci.co.uk/news/world/rss.xml`
 * → `bbci-co-uk-news-world`. Depends on nothing but the address, so that a site's ids outlive its other sources.
 */
export function sourceIdOf(url: string): string {
  const { hostname, port, pathname, search, protocol } = new URL(url);
  const where = protocol === 'file:' ? '' : hostname;
  const words = `${where} ${port} ${decoded(pathname)} ${decoded(search)}`.toLowerCase().split(/[^a-z0-9]+/);
  const kept = words.filter((word) => word !== '' && !SAYS_NOTHING.has(word));
  return short(kept.join('-')) || 'source';
}

/** A long id is cut and told from others that begin like it; an OPML file may still number it. */
function short(id: string): string {
  if (id.length <= LONGEST_ID) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.slice(0, LONGEST_ID - 20)}-${hash}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
