/** Finds stored articles by words, source, topic, state and date, the newest first. Only reads the store. */
import { shownTitle } from '../../compose/entry.js';
import type { Article, ArticleRef } from '../../model/article.js';
import { listShownTopics } from '../../model/desk.js';
import type { Settings } from '../../model/settings.js';
import { splitIntoBatches } from '../../pipeline/facts/every-article.js';
import { findArticles } from '../../pipeline/organize/apply-desk.js';
import type { ArticleFilter } from '../../ports/store/articles.js';
import type { Store } from '../../ports/store/store.js';
import { isAscii, plainLine } from '../../text/plain.js';
import { mayBeWords } from '../explain/search-articles.js';
import { readStore } from '../open-store.js';

export interface ArticleSearch extends ArticleFilter {
  /** Words, all of which the headline, summary or text contains; or an address or id. */
  readonly words: string;
  readonly topic?: string | undefined;
}

export interface FoundArticles {
  readonly articles: readonly Article[];
  /** Whether `from` + `count` is not the end. */
  readonly hasMore: boolean;
}

const AT_ONCE = 2_000;

/** `page`: number of found articles to skip, and to return. */
export async function findStoredArticles(
  settings: Settings,
  search: ArticleSearch,
  page: { readonly from: number; readonly count: number },
): Promise<FoundArticles> {
  return await readStore(settings.store, async (store) => {
    const named = await findByName(store, search.words, settings);
    if (named !== null) return { articles: [named], hasMore: false };
    const words = splitQuery(search.words);
    const found: Article[] = [];
    const wanted = page.from + page.count + 1;
    for (const refs of splitIntoBatches(await store.newestRefs(search), AT_ONCE)) {
      const likely = await filterLikely(store, refs, words, search.topic);
      for (const some of splitIntoBatches(likely, wanted)) {
        const articles = await store.articles(some);
        found.push(...articles.filter((article) => isMatch(article, words, search.topic)));
        if (found.length >= wanted) break;
      }
      if (found.length >= wanted) break;
    }
    return { articles: found.slice(page.from, page.from + page.count), hasMore: found.length >= wanted };
  });
}

async function findByName(store: Store, name: string, { site }: Settings): Promise<Article | null> {
  if (name === '' || (mayBeWords(name) && /\s/.test(name))) return null;
  const ref = (await findArticles(store, [name], site.feedsUrl)).get(name);
  return ref === undefined ? null : ((await store.articles([ref]))[0] ?? null);
}

function splitQuery(words: string): string[] {
  return [...new Set(plainLine(words).toLowerCase().split(' '))].filter((word) => word !== '');
}

/** In the order of `refs`. Databases may ignore the case of ASCII letters only, so that other words have three spellings. */
async function filterLikely(
  store: Store,
  refs: readonly ArticleRef[],
  words: readonly string[],
  topic: string | undefined,
): Promise<readonly ArticleRef[]> {
  const spell = (word: string) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)];
  const spellings = words.map((word) => (isAscii(word) ? [word] : spell(word)));
  const all = topic === undefined ? spellings : [...spellings, [topic]];
  if (all.length === 0) return refs;
  const likely = await store.filterByText(refs, all);
  return refs.filter((ref) => likely.has(ref));
}

function isMatch(article: Article, words: readonly string[], topic: string | undefined): boolean {
  if (topic !== undefined && !listShownTopics(article).includes(topic)) return false;
  if (words.length === 0) return true;
  const { title, summary, contentHtml, attribution, edits } = article;
  const texts = [shownTitle(article), title, edits?.summary ?? '', summary, attribution.publication.title, contentHtml?.replace(/<[^>]*>/g, ' ') ?? '']; // biome-ignore format: one list
  const text = texts.join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
