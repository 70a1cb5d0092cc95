/** Finds the source of each published article, and other sources that carried it. */
import type { Source, SourceId } from '../../model/source.js';
import { bareHost, urlKey } from '../../text/url/url.js';
import type { PublishedArticle } from './published-edition.js';

export interface Carriers {
  readonly sourceId: SourceId;
  readonly alsoIn: readonly SourceId[];
}

type Known = Pick<Source, 'id' | 'url' | 'title'> & { readonly homeUrl: string | null };

/** Matches by published source channels, then by feed URL, publication and host. `unknown`: no configured source matches. */
export function createOwnerFinder(sources: readonly Known[]): (article: PublishedArticle) => Carriers {
  const byFeed = indexSources(sources, ({ url }) => urlKey(url));
  const byTitle = indexSources(sources, ({ title }) => title?.toLowerCase() ?? null);
  const byHost = indexSources(sources, ({ url, homeUrl }) => bareHost(homeUrl ?? url));
  const named = ({ publication, via, url }: PublishedArticle): SourceId | undefined => {
    const read = via ?? publication;
    const feed = read.feedUrl ?? read.url;
    return (
      (feed === null ? undefined : byFeed.get(urlKey(feed))) ??
      byTitle.get(read.title.toLowerCase()) ??
      byHost.get(bareHost(read.url ?? url) ?? '')
    );
  };
  return (article) => {
    const carriers = [...article.channels].flatMap((path) => (path.startsWith('sources/') ? path.slice(8) : []));
    const claimed = carriers.length === 1 ? carriers[0] : named(article);
    const known = carriers.length === 0 || carriers.includes(claimed ?? '');
    const sourceId = (known ? claimed : carriers[0]) ?? 'unknown';
    return { sourceId, alsoIn: carriers.filter((id) => id !== sourceId) };
  };
}

/** Omits values that several sources share. */
function indexSources(sources: readonly Known[], keyOf: (source: Known) => string | null): Map<string, SourceId> {
  const index = new Map<string, SourceId | null>();
  for (const source of sources) {
    const key = keyOf(source);
    if (key !== null) index.set(key, index.has(key) ? null : source.id);
  }
  return new Map([...index].flatMap(([key, id]) => (id === null ? [] : [[key, id] as const])));
}
