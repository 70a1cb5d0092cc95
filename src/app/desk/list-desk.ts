/** Lists the desk's entries and the articles in review. Only reads the store. */
import type { Article, ArticleRef } from '../../model/article.js';
import { type DeskEntry, listShownTopics } from '../../model/desk.js';
import type { Settings } from '../../model/settings.js';
import { findNewestDate } from '../../pipeline/facts/newest-date.js';
import { findArticles, isPinEnded } from '../../pipeline/organize/apply-desk.js';
import { findHeldArticles } from '../../pipeline/organize/hold-for-review.js';
import type { Store } from '../../ports/store/store.js';
import { readStore } from '../open-store.js';

export interface ListedEntry extends DeskEntry {
  /** The publisher's headline; null: unknown article. */
  readonly headline: string | null;
  readonly other: string | null;
  /** The newest article is from the day that ends its pin, or later; missing: it is not. */
  readonly pinEnded?: true;
}

export interface QueuedArticle
  extends Pick<Article, 'ref' | 'id' | 'url' | 'title' | 'summary' | 'publishedAt' | 'sourceId'> {
  readonly publication: string;
  /** Ids. */
  readonly topics: readonly string[];
  /** The rule for which it waits; null: its source needs approval. */
  readonly rule: string | null;
  readonly hasPicture: boolean;
}

export async function listDesk(settings: Settings): Promise<ListedEntry[]> {
  const { desk, site } = settings;
  return await readStore(settings.store, async (store) => {
    const findOtherName = ({ story }: DeskEntry) => story?.with ?? story?.apart ?? '';
    const names = desk.entries.flatMap((entry) => [entry.article, findOtherName(entry)]);
    const refs = await findArticles(store, names, site.feedsUrl);
    const known = new Map((await store.articles([...new Set(refs.values())])).map(({ ref, title }) => [ref, title]));
    const newest = (await findNewestDate(store))?.toISOString() ?? '';
    const headline = (name: string) => known.get(refs.get(name) ?? -1) ?? null;
    return desk.entries.map((entry) => ({
      ...entry,
      headline: headline(entry.article),
      other: headline(findOtherName(entry)),
      ...(typeof entry.pin === 'object' && isPinEnded(entry.pin.until, newest) && { pinEnded: true as const }),
    }));
  });
}

/** Articles waiting for approval, newest first, except those that are dropped or decided in the desk file. */
export async function listQueue(settings: Settings): Promise<QueuedArticle[]> {
  return await readStore(settings.store, async (store) => {
    const waiting = await store.articles(await findWaiting(store, settings));
    // The publisher's own article may have the address of a held one.
    const named = await findArticles(store, waiting.flatMap(({ url }) => url ?? []), settings.site.feedsUrl); // biome-ignore format: one call
    return [...waiting]
      .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1))
      .map(({ ref, id, title, summary, publishedAt, sourceId, attribution, image, hidden, ...article }) => {
        const url = named.get(article.url ?? '') === ref ? article.url : null;
        const publication = attribution.publication.title;
        const topics = listShownTopics(article);
        const rule = (hidden?.by === 'review' && hidden.rule) || null;
        const hasPicture = image !== null;
        return { ref, id, url, title, summary, publishedAt, sourceId, publication, topics, rule, hasPicture };
      });
  });
}

/** As many as `listQueue` lists, without their texts. */
export async function countQueue(settings: Settings): Promise<number> {
  return await readStore(settings.store, async (store) => (await findWaiting(store, settings)).length);
}

/** Held articles, except those that the next build publishes or hides. */
async function findWaiting(store: Store, { desk, site }: Settings): Promise<readonly ArticleRef[]> {
  const decided = desk.entries.filter(({ approve, hide, takedown }) => approve === true || hide === true || takedown === true); // biome-ignore format: one condition
  const names = decided.map(({ article }) => article);
  const refs = new Set((await findArticles(store, names, site.feedsUrl)).values());
  return (await findHeldArticles(store)).flatMap(({ ref }) => (refs.has(ref) ? [] : ref));
}
