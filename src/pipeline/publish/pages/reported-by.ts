/** Finds other publications that report the story led by an article. */
import type { Article, ArticleRef } from '../../../model/article.js';
import { isShown } from '../../../model/desk.js';
import type { Store } from '../../../ports/store/store.js';
import { type LeadRules, toMultiSourceStory } from '../../facts/multi-source-stories.js';
import type { ListedArticle } from './listed-articles.js';

const MOST = 6;
const MOST_READ = 24;

/** By lead article. Names as the publications write them, earliest report first. */
export async function findOtherReporters(
  store: Pick<Store, 'findStoryRefs' | 'stories' | 'visibleArticles'>,
  articles: readonly Pick<ListedArticle, 'ref' | 'publication'>[],
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

function listNames(
  lead: Pick<ListedArticle, 'publication'>,
  members: readonly ArticleRef[],
  known: ReadonlyMap<ArticleRef, Article>,
): string[] {
  const found = new Map<string, string>();
  const skip = lead.publication.toLowerCase();
  for (const ref of members) {
    const article = known.get(ref);
    const title = article?.attribution.publication.title ?? '';
    if (article === undefined || !isShown(article) || title === '' || title.toLowerCase() === skip) continue;
    found.set(title.toLowerCase(), found.get(title.toLowerCase()) ?? title);
  }
  return [...found.values()].slice(0, MOST);
}
