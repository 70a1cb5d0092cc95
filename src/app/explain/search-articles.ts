/** Finds articles by address, id or words of the headline. Only reads the store. */
import { shownTitle } from '../../compose/entry.js';
import type { Article } from '../../model/article.js';
import type { Settings } from '../../model/settings.js';
import { readAllArticles } from '../../pipeline/facts/every-article.js';
import { findArticles } from '../../pipeline/organize/apply-desk.js';
import type { Store } from '../../ports/store/store.js';
import { plainLine } from '../../text/plain.js';
import { eachWord, normalizeWord } from '../../text/words.js';

export interface ArticleInPublication {
  readonly id: string;
  readonly title: string;
  readonly publication: string;
  readonly url: string | null;
}

export interface NotFound {
  readonly asked: string;
  /** Matches by headline; null: the query was an address or an id. */
  readonly titled: TitledArticles | null;
}

export interface TitledArticles {
  readonly newest: readonly ArticleInPublication[];
  readonly more: number;
}

/** Finds each by address or id, otherwise by words if exactly one headline contains them. */
export async function searchArticles(
  store: Store,
  asked: readonly string[],
  { site }: Pick<Settings, 'site'>,
): Promise<(one: string) => Article | NotFound> {
  const refs = await findArticles(store, asked, site.feedsUrl);
  const articles = new Map((await store.articles([...refs.values()])).map((article) => [article.ref, article]));
  const known = new Map([...refs].flatMap(([one, ref]) => (articles.has(ref) ? [[one, articles.get(ref)!]] : [])));
  const words = asked.filter((one) => !known.has(one) && mayBeWords(one));
  const titled = await findTitledArticles(store, words);
  return (one) => {
    const found = titled.get(one);
    const only = found?.count === 1 ? found.newest[0] : undefined;
    return known.get(one) ?? only ?? { asked: one, titled: found === undefined ? null : toTitledArticles(found) };
  };
}

/** A bare host may be both words and an address. */
export function mayBeWords(asked: string): boolean {
  return !/^\S*[:/]\S*$/.test(asked);
}

interface TitleMatches {
  count: number;
  /** The newest matches, in ascending order. */
  newest: readonly Article[];
}

function toTitledArticles({ count, newest }: TitleMatches): TitledArticles {
  return { newest: newest.map(summarizeArticle), more: count - newest.length };
}

export function summarizeArticle({ id, title, url, attribution }: Article): ArticleInPublication {
  return { id, title, url, publication: attribution.publication.title };
}

const MAX_TITLE_MATCHES = 5;

/** Articles whose shown or original headline contains all words, by query. Reads all articles once. */
async function findTitledArticles(store: Store, asked: readonly string[]): Promise<ReadonlyMap<string, TitleMatches>> {
  const found = new Map<string, TitleMatches>(asked.map((one) => [one, { count: 0, newest: [] }]));
  if (found.size === 0) return found;
  for await (const articles of readAllArticles(store)) {
    for (const article of articles) {
      const titles = [...new Set([shownTitle(article), article.title])].map((title) => splitIntoWords(title, article));
      for (const [one, titled] of found) {
        const words = [...splitIntoWords(one, article)];
        if (words.length === 0 || !titles.some((title) => words.every((word) => title.has(word)))) continue;
        titled.count += 1;
        titled.newest = [...titled.newest, article].slice(-MAX_TITLE_MATCHES);
      }
    }
  }
  return found;
}

/** Normalized words: ignores case, and treats ’ like '. */
function splitIntoWords(text: string, { language }: Pick<Article, 'language'>): ReadonlySet<string> {
  const words = new Set<string>();
  eachWord(plainLine(text), language, (raw) => words.add(normalizeWord(raw, language)));
  return words;
}
