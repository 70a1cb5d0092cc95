/** Assigns new articles to stories, loading only the stories that they may join. */
import {
  assignStories,
  type ClusterInput,
  type ClusterRules,
  clusterInputs,
  type UnassignedArticle,
} from '../../cluster/cluster.js';
import { COMPARED } from '../../cluster/join-languages.js';
import { compareAge, emptyLists } from '../../cluster/lead.js';
import { compareStoryAge, findWhole, listMembers, OpenStories, type OpenStory } from '../../cluster/open-stories.js';
import { storiesPerTerm } from '../../cluster/postings.js';
import { selectCandidates } from '../../cluster/story-candidates.js';
import { createStoryId } from '../../cluster/story-id.js';
import { unpackVector } from '../../cluster/terms/packed-vector.js';
import { listScopes, SiteTerms } from '../../cluster/terms/site-terms.js';
import { findWeight } from '../../cluster/terms/vector.js';
import type { ArticleRef } from '../../model/article.js';
import type { ArticleVector, StoryRecord, StoryRef } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import type { StoryChanges } from '../../ports/store/stories.js';
import { recordRelisted } from '../facts/relisted.js';
import type { ReadBefore } from '../read/read.js';
import { readArticlesToCluster, withVectors } from './articles-to-cluster.js';
import { chooseCopies } from './copies.js';

export interface ClusterSettings {
  readonly siteHost: string;
  /** Batch size; larger sets are processed in batches by date. */
  readonly atOnce?: number;
  readonly readBefore?: ReadBefore;
}

/** Each article takes about a kilobyte of memory. */
const MOST_AT_ONCE = 20_000;
const HOUR = 3_600_000;

/** Open stories that are compared across languages; in a larger section, the newest. */
const MOST_OPEN = 5_000;
/** A story closes after this time without a new article, measured between articles. */
const WINDOW = 72 * HOUR;
/** Closes stories whose last article is this much older than the newest one: maximum duration plus the window. */
const STAYS_OPEN = 10 * 24 * HOUR;

/** Returns earlier articles that became or ceased to be a canonical copy, because their topics change. */
export async function findStories(store: Store, settings: ClusterSettings): Promise<readonly ArticleRef[]> {
  const canonical = new Set<ArticleRef>();
  let atHand: LoadedStories = new Map();
  const atOnce = settings.atOnce ?? MOST_AT_ONCE;
  let clusteredUpTo = await store.clusteredUpTo();
  for (let isLast = false; !isLast; ) {
    const refs = await store.unassigned(atOnce + 1);
    if (refs.length === 0) break;
    const part = new Set(refs.slice(0, atOnce));
    for (const ref of part) clusteredUpTo = Math.max(clusteredUpTo, ref);
    const articles = await readArticlesToCluster(part, store);
    isLast = refs.length === part.size;
    const upTo = isLast ? clusteredUpTo : 0;
    const { live, affected } = await assign(articles, store, { ...settings, clusteredUpTo: upTo }, atHand);
    for (const ref of affected) canonical.add(ref);
    if (!isLast) atHand = keepLoadedStories(live);
  }
  return [...canonical].sort((a, b) => a - b);
}

/** Stories kept in memory between batches: the next batch needs most of them again. */
type LoadedStories = ReadonlyMap<StoryRef, StoryRecord>;

function keepLoadedStories(live: OpenStories): LoadedStories {
  const records = [...live.listEvents().values()].map(toRecord);
  return new Map(records.map((record) => [record.ref, { ...record, members: [...record.members].sort(compareAge) }]));
}

/** Empties `articles`. */
async function assign(
  articles: UnassignedArticle[],
  store: Store,
  settings: ClusterSettings & Pick<StoryChanges, 'clusteredUpTo'>,
  atHand: LoadedStories,
): Promise<{ readonly live: OpenStories; readonly affected: readonly ArticleRef[] }> {
  const terms = SiteTerms.from(await store.storyTerms(listScopes(articles)));
  articles.sort(compareAge);
  terms.count(articles);
  const told = await findOpenStories(articles, store);
  const inputs = clusterInputs(articles, terms.createWeigher(), told !== null);
  const stories = [...(await loadCandidates(inputs, told ?? [], store, atHand))].sort(compareStoryAge);
  const live = new OpenStories();
  for (const story of stories) live.load(story);
  assignStories(inputs, live, clusterRules(settings));
  const fresh = new Set(inputs.map(({ ref }) => ref));
  const affected = await chooseCopies(store, live, fresh, settings.readBefore ?? new Map());
  const relisted = findRelisted(live, stories);
  if (relisted.length > 0) await recordRelisted(store, relisted);
  const changes = collectChanges(live, terms, inputs, settings.clusteredUpTo);
  const known = new Set(stories.map(({ ref }) => ref));
  await store.saveStories({ ...changes, stories: await withFreeIds(changes.stories, known, store, settings) });
  return { live, affected };
}

export function clusterRules({ siteHost }: ClusterSettings): ClusterRules {
  return { window: WINDOW, host: siteHost };
}

/** Stories of the articles' time, which they may join in another language; null: all are in one language. */
async function findOpenStories(
  articles: readonly UnassignedArticle[],
  store: Store,
): Promise<readonly StoryRef[] | null> {
  const [first, last] = [articles[0], articles.at(-1)];
  if (first === undefined || last === undefined) return null;
  const stories = await store.openStories(first.publishedAt - COMPARED, last.publishedAt + COMPARED, MOST_OPEN);
  const languages = new Set([...stories, ...articles.map(({ reading }) => reading)].map(({ language }) => language));
  return languages.size < 2 ? null : stories.map(({ ref }) => ref);
}

async function loadCandidates(
  inputs: readonly ClusterInput[],
  told: readonly StoryRef[],
  store: Store,
  atHand: LoadedStories,
): Promise<readonly StoryRecord[]> {
  const terms = [...new Set(inputs.flatMap(({ vector }) => [...unpackVector(vector).terms]))];
  const hits = await store.findStoriesByTerm(terms, storiesPerTerm);
  const refs = [...new Set([...selectCandidates(unpackVectors(inputs), hits), ...told])];
  const known = refs.flatMap((ref) => atHand.get(ref) ?? []);
  const stored = await store.stories(refs.filter((ref) => !atHand.has(ref)));
  return [...known, ...(await withVectors(store, stored))];
}

function* unpackVectors(inputs: readonly ClusterInput[]): Iterable<ArticleVector> {
  for (const { vector } of inputs) yield unpackVector(vector);
}

function findRelisted(live: OpenStories, before: readonly StoryRecord[]): ArticleRef[] {
  const storyOf = new Map(before.flatMap(({ ref, members }) => members.map(({ article }) => [article, ref] as const)));
  return [...live.listEvents()].flatMap(([{ ref }, parts]) => {
    if (!parts.some(({ changed }) => changed)) return [];
    return listMembers(parts).flatMap(({ article }) => ((storyOf.get(article) ?? ref) === ref ? [] : article));
  });
}

function collectChanges(
  live: OpenStories,
  terms: SiteTerms,
  articles: readonly ClusterInput[],
  clusteredUpTo: ArticleRef,
): StoryChanges {
  const stored = live.all.filter((story) => story.stored);
  const wholes = new Map(stored.map((story) => [story.ref, findWhole(story).ref]));
  const changed = [...live.listEvents().values()].filter((parts) => parts.some((part) => part.changed));
  return {
    stories: changed.map(toRecord),
    merged: [...wholes].flatMap(([ref, into]) => (ref === into ? [] : { ref, into })),
    terms: terms.entries(),
    clusteredUpTo,
    closedBefore: computeClosingTime(articles),
  };
}

/** A restored story may have the id of a lost article. If that article starts a story, it needs another id. */
async function withFreeIds(
  changed: readonly StoryRecord[],
  known: ReadonlySet<StoryRef>,
  store: Store,
  { siteHost }: ClusterSettings,
): Promise<readonly StoryRecord[]> {
  const taken = await store.storyIds(changed.flatMap(({ ref, id }) => (known.has(ref) ? [] : id)));
  if (taken.size === 0) return changed;
  return changed.map((story) =>
    taken.has(story.id) && !known.has(story.ref)
      ? { ...story, id: createStoryId(`${story.id} again`, siteHost, story.firstAt) }
      : story,
  );
}

/** Epoch milliseconds; stories with an older last article are closed. */
export function computeClosingTime(articles: readonly Pick<UnassignedArticle, 'publishedAt'>[]): number {
  return articles.reduce((last, { publishedAt }) => Math.max(last, publishedAt), 0) - STAYS_OPEN;
}

/** `parts`: all of an event. The one that keeps its id may have been merged into another. */
export function toRecord(parts: readonly OpenStory[]): StoryRecord {
  const { ref, id, language, daily } = findWhole(parts[0]!);
  const weights = new Map(parts.flatMap(listKeyWeights));
  const keys = Int32Array.from(weights.keys()).sort();
  return {
    ref,
    id,
    language,
    daily,
    firstAt: Math.min(...parts.map((part) => part.firstAt)),
    lastAt: Math.max(...parts.map((part) => part.lastAt)),
    textLength: parts.reduce((sum, part) => sum + part.textLength, 0),
    keys,
    keyWeights: Float32Array.from(keys, (term) => weights.get(term)!),
    members: emptyLists(listMembers(parts)),
  };
}

function listKeyWeights({ keys, profile, length }: OpenStory): [term: number, weight: number][] {
  return Array.from(keys, (term) => [term, length === 0 ? 0 : findWeight(profile, term) / length]);
}
