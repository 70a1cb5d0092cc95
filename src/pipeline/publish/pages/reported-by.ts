/** Finds other publications that report the story led by an article. */

import type { LeadRules } from '../../../cluster/lead.js';
import type { Article, ArticleRef } from '../../../model/article.js';
import { isShown } from '../../../model/desk.js';
import { countPublications, toPublicationKey, toReport } from '../../../model/publications.js';
import type { Store } from '../../../ports/store/store.js';
import { toMultiSourceStory } from '../../facts/multi-source-stories.js';
import type { ListedArticle } from './listed-articles.js';

type Lead = Pick<ListedArticle, 'ref' | 'sourceId' | 'publication'>;

const MOST = 6;
const MOST_READ = 24;

/** By lead article. Names as the publications write them, earliest report first. */
export async function findOtherReporters(
  store: Pick<Store, 'findStoryRefs' | 'stories' | 'visibleArticles'>,
  articles: readonly Lead[],
  leads: LeadRules,
): Promise<ReadonlyMap<ArticleRef, readonly string[]>> {
  const refs = await store.findStoryRefs(articles.map(({ ref }) => ref));
  const stories = (await store.stories([...new Set(refs.values())])).map((record) => toMultiSourceStory(record, leads));
  const own = new Map(articles.map((article) => [article.ref, article]));
  const led = stories.filter(({ lead, members }) => own.has(lead) && members.length > 1);
  const others = new Set(led.flatMap(({ members }) => members.slice(0, MOST_READ)));
  const known = new Map((await store.visibleArticles([...others])).map((article) => [article.ref, article]));
  return new Map(led.map(({ lead, members }) => [lead, listNames(own.get(lead)!, members, known)]));
}

function listNames(lead: Lead, members: readonly ArticleRef[], known: ReadonlyMap<ArticleRef, Article>): string[] {
  const reports = members.flatMap((ref) => known.get(ref) ?? []).filter(isShown).map(toReport); // biome-ignore format: one chain
  const counted = countPublications([lead, ...reports]);
  const found = new Map<string, string>();
  for (const { publication } of reports) {
    const key = toPublicationKey(publication);
    if (counted.has(key) && publication !== '') found.set(key, found.get(key) ?? publication);
  }
  found.delete(toPublicationKey(lead.publication));
  return [...found.values()].slice(0, MOST);
}
