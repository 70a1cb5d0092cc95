/** Lists the parsers of feed formats; the first that accepts a text reads it. */
import type { Parser } from './parser.js';

export const feedFormats: readonly { readonly name: string; load(): Promise<Parser> }[] = [
  { name: 'json-feed', load: async () => (await import('./json-feed/json-feed.js')).jsonFeedParser },
  { name: 'cdf', load: async () => (await import('./cdf.js')).cdfParser },
  { name: 'rss-atom', load: async () => (await import('./rss-atom/rss-atom.js')).rssAtomParser },
];
