/** The id of a source whose editor gave none. */

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
  return kept.join('-') || 'source';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
