/** After a run's articles have their ids: each finds its story. What is read from the store are the few stories that they may join. */
import { assignStories, type ClusterInput } from '../../cluster/cluster.js';
import { mergedStory, OpenStories, type OpenStory, olderFirst } from '../../cluster/open-stories.js';
import { storiesPerTerm } from '../../cluster/postings.js';
import { promisingStories } from '../../cluster/story-candidates.js';
import { SiteTerms, scopesOf } from '../../cluster/terms/site-terms.js';
import { readArticle } from '../../cluster/text/reading.js';
import type { ArticleRef } from '../../model/article.js';
import type { StoryMember, StoryRecord, StoryRef } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import type { ClusterText, StoryChanges } from '../../ports/store/stories.js';

export interface ClusterSettings {
  /** Of the site, for the ids of stories. */
  readonly siteHost: string;
  /** A story that has not been told for so long is closed; measured between articles. Default 72. */
  readonly windowHours?: number;
  /** Articles that find their stories together: a run's, or, of more, one part after the other in the order of their dates. */
  readonly atOnce?: number;
}

const page = 500;
/** The reading of each holds a kilobyte. */
const mostAtOnce = 20_000;
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
export async function findStories(store: Store, settings: ClusterSettings): Promise<Clustered> {
  const stands = new Set<ArticleRef>();
  let table: Table = new Map();
  const atOnce = settings.atOnce ?? mostAtOnce;
  let clusteredUpTo = await store.clusteredUpTo();
  for (let seated = 0; ; ) {
    const refs = await store.unassigned(atOnce + 1);
    if (refs.length === 0) return { seated, stands: [...stands].sort((a, b) => a - b) };
    const part = new Set(refs.slice(0, atOnce));
    seated += part.size;
    for (const ref of part) clusteredUpTo = Math.max(clusteredUpTo, ref);
    const articles = await tellings(part, store);
    const live = await seat(
      articles,
      store,
      { ...settings, clusteredUpTo: refs.length > part.size ? 0 : clusteredUpTo },
      table,
    );
    for (const ref of oldStands(live, part)) stands.add(ref);
    table = tableOf(live);
  }
}

/** Stories that one part of the articles left, as the store would give them: the next part joins most of them again. */
type Table = ReadonlyMap<StoryRef, StoryRecord>;

function tableOf(live: OpenStories): Table {
  const left = live.all.filter(({ mergedInto }) => mergedInto === null);
  return new Map(
    left.map((story) => [story.ref, { ...toRecord(story), members: [...story.members].sort(oldestFirst) }]),
  );
}

type Dated = Pick<StoryMember, 'publishedAt' | 'id'>;

function oldestFirst(a: Dated, b: Dated): number {
  return a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1);
}

export type Unassigned = Omit<ClusterInput, 'vector'>;

/** In the order in which they lie in the store; a page at a time, since their texts are longer than what is read in them. */
async function tellings(part: ReadonlySet<ArticleRef>, store: Store): Promise<Unassigned[]> {
  const refs = [...part].sort((a, b) => a - b);
  const found: Unassigned[] = [];
  for (let from = 0; from < refs.length; from += page) {
    found.push(...(await store.articleTexts(refs.slice(from, from + page))).map(toUnassigned));
  }
  return found;
}

export function toUnassigned(article: ClusterText): Unassigned {
  const { ref, id, sourceId, publishedAt, firstSeenAt, attribution, title, summary, contentHtml, language } = article;
  const publication = [attribution.publication.title, sourceId];
  // By name: spreading an article takes a third of the time of reading it.
  const reading = readArticle({ title, summary, contentHtml, language, publication });
  return { ref, id, sourceId, publishedAt: publishedAt.getTime(), firstSeenAt: firstSeenAt.getTime(), reading };
}

async function seat(
  articles: readonly Unassigned[],
  store: Store,
  settings: ClusterSettings & Pick<StoryChanges, 'clusteredUpTo'>,
  table: Table,
): Promise<OpenStories> {
  const terms = SiteTerms.from(await store.storyTerms(scopesOf(articles)));
  const ordered = [...articles].sort(oldestFirst);
  terms.count(ordered);
  const weigh = terms.weigher();
  const tellers: ClusterInput[] = ordered.map((article) => ({ ...article, vector: weigh(article) }));
  const stories = [...(await candidates(tellers, store, table))].sort(olderFirst);
  const live = new OpenStories();
  for (const story of stories) live.load(story);
  const window = (settings.windowHours ?? 72) * hour;
  assignStories(tellers, live, { window, host: settings.siteHost });
  await store.saveStories(changesOf(live, terms, articles, settings.clusteredUpTo));
  return live;
}

function oldStands(live: OpenStories, fresh: ReadonlySet<ArticleRef>): ArticleRef[] {
  return live.all
    .filter(({ changed }) => changed)
    .flatMap(({ members }) => members)
    .flatMap(({ article, copyOf }) => (copyOf !== null && fresh.has(article) && !fresh.has(copyOf) ? [copyOf] : []));
}

/** The stories that the articles may join. */
async function candidates(
  tellers: readonly ClusterInput[],
  store: Store,
  table: Table,
): Promise<readonly StoryRecord[]> {
  if (table.size === 0 && (await store.countStories()).total === 0) return [];
  const terms = [...new Set(tellers.flatMap(({ vector }) => [...vector.terms]))];
  const hits = await store.storiesByTerm(terms, storiesPerTerm);
  const refs = promisingStories(tellers.map(({ vector }) => vector), hits); // biome-ignore format: one call
  const atHand = refs.flatMap((ref) => table.get(ref) ?? []);
  return [...atHand, ...(await store.stories(refs.filter((ref) => !table.has(ref))))];
}

function changesOf(
  live: OpenStories,
  terms: SiteTerms,
  articles: readonly Unassigned[],
  clusteredUpTo: ArticleRef,
): StoryChanges {
  const gone = live.all.filter(({ mergedInto, stored }) => mergedInto !== null && stored);
  return {
    stories: live.all.filter(({ mergedInto, changed }) => mergedInto === null && changed).map(toRecord),
    merged: gone.map((story) => ({ ref: story.ref, into: mergedStory(story).ref })),
    terms: terms.entries(),
    clusteredUpTo,
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
}: OpenStory): StoryRecord {
  return { ref, id, language, firstAt, lastAt, textLength, daily, ...sum, keys, members };
}
