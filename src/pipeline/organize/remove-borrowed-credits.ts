/** Removes names of the site's other sources from credits. */
import { isDeepStrictEqual } from 'node:util';
import { restoreCredit } from '../../clean/attribution/borrowed-names.js';
import type { SiteOwnership } from '../../identity/site-ownership.js';
import type { ArticleRef } from '../../model/article.js';
import type { PendingCredit } from '../../model/identity.js';
import type { Settings } from '../../model/settings.js';
import type { Source, SourceFacts, SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { contentDigest } from '../../text/digest.js';
import { ARTICLES_AT_ONCE, readAllArticles } from '../facts/every-article.js';
import { createOthersNames, type OthersNamesLookup } from '../facts/names-of-others.js';

const NAMED_BY = 'named-by';

/** Requires that all sources are read. Updates new articles, and all stored ones if a source was added or renamed. */
export async function removeBorrowedCredits(
  store: Store,
  settings: Pick<Settings, 'sources' | 'site'>,
  states: ReadonlyMap<SourceId, SourceFacts>,
  ownership: SiteOwnership,
): Promise<void> {
  const { sources, site } = settings;
  const names = createOthersNames(settings, states, ownership);
  const byId = new Map(sources.map((source) => [source.id, source]));
  const readPending = (after: ArticleRef) => store.pendingCredits(after, ARTICLES_AT_ONCE);
  for (let articles = await readPending(0); articles.length > 0; articles = await readPending(articles.at(-1)!.ref))
    await saveOwnCredits(store, articles, byId, names);
  const before = await store.meta(NAMED_BY);
  const now = contentDigest(
    JSON.stringify([
      site.title,
      ...sources.map(({ id, url, title }) => [id, url, title, states.get(id)?.profile != null]).sort(),
    ]),
  );
  if (now === before) return;
  if (before !== null)
    for await (const articles of readAllArticles(store)) await saveOwnCredits(store, articles, byId, names);
  await store.saveMeta(NAMED_BY, now);
}

async function saveOwnCredits(
  store: Store,
  articles: readonly PendingCredit[],
  sources: ReadonlyMap<SourceId, Source>,
  names: OthersNamesLookup,
): Promise<void> {
  const changed = articles.flatMap(({ ref, sourceId, attribution, authors }) => {
    const source = sources.get(sourceId);
    if (source === undefined) return [];
    const own = restoreCredit({ attribution, authors }, names(source), source.url);
    return isDeepStrictEqual(own, { attribution, authors }) ? [] : [{ ref, ...own }];
  });
  if (changed.length > 0) await store.saveCredits(changed);
}
