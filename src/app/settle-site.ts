/** Between reading and publishing: ids, tags, stories and places for what a site has read. */
import type { ArticleRef } from '../model/article.js';
import type { Settings } from '../model/settings.js';
import type { SourceFacts, SourceId } from '../model/source.js';
import { mintNew, placeArticles, retagStale } from '../pipeline/organize/organize.js';
import type { Tagging } from '../pipeline/organize/tagging.js';
import { withCopies } from '../pipeline/publish/multi-source-stories.js';
import type { Organized } from '../pipeline/run.js';
import type { Store } from '../ports/store/store.js';

type States = ReadonlyMap<SourceId, SourceFacts>;

/** `turned`: articles that were taken back in this run, or are back again. */
export async function settleSite(
  settings: Settings,
  store: Store,
  states: States,
  tagging: Tagging,
  turned: readonly ArticleRef[],
): Promise<Organized> {
  const siteHost = new URL(settings.site.url).hostname;
  const minted = await mintNew(store, { siteHost, hosts: sourceHosts(settings, states) });
  await retagStale(store, tagging);
  const stands = minted.length > 0 || (await store.unassigned(1)).length > 0 ? await seatNew(store, siteHost) : [];
  const plan = {
    topics: new Set(settings.topics.map(({ id }) => id)),
    sources: new Set(settings.sources.map(({ id }) => id)),
    duplicates: settings.duplicates,
  };
  await placeArticles(store, plan, [...stands, ...(await withCopies(store, turned))]);
  return { stories: await store.countStories() };
}

/** Articles of earlier runs that stand for a new near-duplicate. Clustering is loaded only where an article has no story yet. */
async function seatNew(store: Store, siteHost: string): Promise<readonly ArticleRef[]> {
  const { findStories } = await import('../pipeline/organize/find-stories.js');
  return (await findStories(store, { siteHost })).stands;
}

/** Where each source lives: on the host of its address, and of its home page. */
function sourceHosts(settings: Settings, states: States): Map<SourceId, string[]> {
  return new Map(
    settings.sources.map(({ id, url }) => {
      const homeUrl = states.get(id)?.profile?.homeUrl;
      return [id, [url, ...(homeUrl == null ? [] : [homeUrl])].map((one) => new URL(one).hostname)];
    }),
  );
}
