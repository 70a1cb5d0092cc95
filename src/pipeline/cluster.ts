/** After a run's articles have their ids: each finds its story. What is read from the store are the few stories that they may join. */
import { assignStories, type NewTeller } from '../cluster/cluster.js';
import { LiveStories, type LiveStory, olderFirst, standing, storiesPerTerm } from '../cluster/live.js';
import { promisingStories } from '../cluster/promising.js';
import { readArticle } from '../cluster/reading.js';
import { SiteTerms, scopesOf } from '../cluster/site-terms.js';
import type { ArticleRef } from '../model/article.js';
import type { StoryRecord } from '../model/story.js';
import type { Store, StoryChanges, Telling } from '../ports.js';

export interface ClusterSettings {
  /** Of the site, for the ids of stories. */
  readonly siteHost: string;
  /** A story that has not been told for so long is closed; measured between articles. Default 72. */
  readonly windowHours?: number;
}

/** Articles that find their stories together: a run's, or, of a long archive, one part after the other. */
const mostAtOnce = 20_000;
const page = 500;
const hour = 3_600_000;
/** Stories whose last article is older than this, seen from the newest, grow no more: the longest story and the window. */
const open = 10 * 24 * hour;

export interface Clustered {
  /** How many articles found their story. */
  readonly seated: number;
  /** Articles of earlier runs that stand for a new near-duplicate: its topics are theirs now. */
  readonly stands: readonly ArticleRef[];
}

/** Does nothing where there are no new articles. */
export async function clusterNew(store: Store, settings: ClusterSettings): Promise<Clustered> {
  const stands = new Set<ArticleRef>();
  for (let seated = 0; ; ) {
    const articles = await unseated(store);
    if (articles.length === 0) return { seated, stands: [...stands].sort((a, b) => a - b) };
    seated += articles.length;
    for (const ref of await seat(articles, store, settings)) stands.add(ref);
  }
}

export type Unseated = Omit<NewTeller, 'vector'>;

async function unseated(store: Store): Promise<Unseated[]> {
  const found: Unseated[] = [];
  for (let after = await store.seatedTo(); found.length < mostAtOnce; ) {
    const articles = await store.tellingsAfter(after, page);
    found.push(...articles.map(toUnseated));
    if (articles.length < page) break;
    after = articles.at(-1)!.ref;
  }
  return found;
}

export function toUnseated(article: Telling): Unseated {
  const { ref, id, sourceId, publishedAt, firstSeenAt, attribution } = article;
  const publication = [attribution.publication.title, sourceId];
  const reading = readArticle({ ...article, publication });
  return { ref, id, sourceId, publishedAt: publishedAt.getTime(), firstSeenAt: firstSeenAt.getTime(), reading };
}

async function seat(articles: readonly Unseated[], store: Store, settings: ClusterSettings): Promise<ArticleRef[]> {
  const terms = SiteTerms.from(await store.storyTerms(scopesOf(articles)));
  const ordered = [...articles].sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1));
  terms.count(ordered);
  const weigh = terms.weigher();
  const tellers: NewTeller[] = ordered.map((article) => ({ ...article, vector: weigh(article) }));
  const live = new LiveStories();
  for (const story of [...(await candidates(tellers, store))].sort(olderFirst)) live.load(story);
  const window = (settings.windowHours ?? 72) * hour;
  assignStories(tellers, live, { window, host: settings.siteHost });
  await store.saveStories(changesOf(live, terms, articles));
  return oldStands(live, new Set(articles.map(({ ref }) => ref)));
}

function oldStands(live: LiveStories, fresh: ReadonlySet<ArticleRef>): ArticleRef[] {
  return live.all
    .filter(({ changed }) => changed)
    .flatMap(({ members }) => members)
    .flatMap(({ article, copyOf }) => (copyOf !== null && fresh.has(article) && !fresh.has(copyOf) ? [copyOf] : []));
}

/** The stories that the articles may join. */
async function candidates(tellers: readonly NewTeller[], store: Store): Promise<readonly StoryRecord[]> {
  if ((await store.seatedTo()) === 0) return [];
  const terms = [...new Set(tellers.flatMap(({ vector }) => [...vector.terms]))];
  const hits = await store.storiesByTerm(terms, storiesPerTerm);
  return store.stories(promisingStories(tellers.map(({ vector }) => vector), hits)); // biome-ignore format: one call
}

function changesOf(live: LiveStories, terms: SiteTerms, articles: readonly Unseated[]): StoryChanges {
  const gone = live.all.filter(({ mergedInto, stored }) => mergedInto !== null && stored);
  return {
    stories: live.all.filter(({ mergedInto, changed }) => mergedInto === null && changed).map(toRecord),
    merged: gone.map((story) => ({ ref: story.ref, into: standing(story).ref })),
    terms: terms.entries(),
    seatedTo: articles.reduce((last: ArticleRef, { ref }) => Math.max(last, ref), 0),
    closedBefore: articles.reduce((last, { publishedAt }) => Math.max(last, publishedAt), 0) - open,
  };
}

export function toRecord({
  ref,
  id,
  language,
  firstAt,
  lastAt,
  textLength,
  daily,
  sum,
  keys,
  members,
}: LiveStory): StoryRecord {
  return { ref, id, language, firstAt, lastAt, textLength, daily, ...sum.vector, keys, members };
}
