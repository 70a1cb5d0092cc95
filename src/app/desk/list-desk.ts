/** Lists the desk's entries and the articles in review. Only reads the store. */
import type { Article } from '../../model/article.js';
import type { DeskEntry } from '../../model/desk.js';
import type { Settings } from '../../model/settings.js';
import { findArticles } from '../../pipeline/organize/apply-desk.js';
import { findHeldArticles } from '../../pipeline/organize/hold-for-review.js';
import { readStore } from '../open-store.js';

export interface ListedEntry extends DeskEntry {
  /** The publisher's headline; null: unknown article. */
  readonly headline: string | null;
  readonly other: string | null;
}

export interface QueuedArticle extends Pick<Article, 'id' | 'url' | 'title' | 'publishedAt'> {
  readonly publication: string;
  readonly sourceId: string;
}

export async function listDesk(settings: Settings): Promise<ListedEntry[]> {
  const { desk, site } = settings;
  return await readStore(settings.store, async (store) => {
    const findOtherName = ({ story }: DeskEntry) => story?.with ?? story?.apart ?? '';
    const names = desk.entries.flatMap((entry) => [entry.article, findOtherName(entry)]);
    const refs = await findArticles(store, names, site.feedsUrl);
    const known = new Map((await store.articles([...new Set(refs.values())])).map(({ ref, title }) => [ref, title]));
    const headline = (name: string) => known.get(refs.get(name) ?? -1) ?? null;
    return desk.entries.map((entry) => ({
      ...entry,
      headline: headline(entry.article),
      other: headline(findOtherName(entry)),
    }));
  });
}

/** Articles waiting for approval, newest first, except rejected or dropped ones. */
export async function listQueue(settings: Settings): Promise<QueuedArticle[]> {
  return await readStore(settings.store, async (store) => {
    const waiting = await store.articles((await findHeldArticles(store)).map(({ ref }) => ref));
    return [...waiting]
      .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || (a.id < b.id ? -1 : 1))
      .map(({ id, url, title, publishedAt, sourceId, attribution }) => {
        return { id, url, title, publishedAt, sourceId, publication: attribution.publication.title };
      });
  });
}
