/** Assigns new articles to stories and merges stories: decides what is one event. Pure; works on open stories in memory. */
import type { ArticleId, ArticleRef } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { StoryMember } from '../model/story.js';
import { chooseCanonicalCopy } from './canonical-copies.js';
import type { OpenStories, OpenStory } from './open-stories.js';
import { storyIdOf } from './story-id.js';
import { backgroundOf, rarest } from './terms/background.js';
import type { Vector } from './terms/vector.js';
import type { Reading } from './text/reading.js';

/** An article without a story. */
export interface ClusterInput {
  readonly ref: ArticleRef;
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  /** In milliseconds. */
  readonly publishedAt: number;
  /** In milliseconds; the earlier of this and `publishedAt` orders the articles. */
  readonly firstSeenAt: number;
  readonly reading: Reading;
  /** Scaled to length 1. */
  readonly vector: Vector;
}

export interface ClusterRules {
  /** Maximum time between an article and the last one of the story that it joins, in milliseconds. */
  readonly window: number;
  /** The site's host, for story ids; null: none. */
  readonly host: string | null;
}

/** Maximum duration of a story, in milliseconds. */
const longest = 7 * 86_400_000;
const day = 86_400_000;

/** Merging runs after this many articles, or after `some` of them once their dates advanced by so many milliseconds. */
const mergeEvery = { articles: 1000, milliseconds: 300_000, some: 32 };

/** Merging two stories requires this much more similarity than joining one. */
const mergeMargin = 0.07;

/**
 * The least cosine at which texts with so many distinct terms are about one event. Longer texts share more words by chance:
 * 0.16 for headlines, 0.20 for teasers, 0.285 for whole articles.
 */
export function leastCosine(terms: number): number {
  return Math.min(0.285, 0.15 + 0.0025 * terms);
}

/**
 * Assigns every article to a story, existing or new, and merges stories that became similar. The order of `articles` makes no
 * difference. Returns the story that each article joined, which may have been merged into another since.
 */
export function assignStories(articles: readonly ClusterInput[], live: OpenStories, rules: ClusterRules): OpenStory[] {
  const sorted = [...articles].sort(whenKnown);
  const joined = new Map<ArticleRef, OpenStory>();
  let waiting = new Set<OpenStory>();
  let since = { count: 0, at: sorted[0]?.publishedAt ?? 0 };
  for (const article of sorted) {
    const story = assignArticle(article, live, rules);
    joined.set(article.ref, story);
    if (story.size > 1) waiting.add(story);
    since.count += 1;
    if (!isMergeDue(since, article.publishedAt)) continue;
    mergeStories(waiting, live, rules);
    waiting = new Set();
    since = { count: 0, at: article.publishedAt };
  }
  mergeStories(waiting, live, rules);
  chooseCanonicalCopy(live, new Set(sorted.map(({ ref }) => ref)));
  return articles.map(({ ref }) => joined.get(ref)!);
}

function isMergeDue(since: { readonly count: number; readonly at: number }, at: number): boolean {
  if (since.count >= mergeEvery.articles) return true;
  return since.count >= mergeEvery.some && at - since.at > mergeEvery.milliseconds;
}

function whenKnown(a: ClusterInput, b: ClusterInput): number {
  return (
    Math.min(a.publishedAt, a.firstSeenAt) - Math.min(b.publishedAt, b.firstSeenAt) ||
    a.publishedAt - b.publishedAt ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Makes a story of exactly these articles. */
export function makeStory(articles: readonly ClusterInput[], live: OpenStories, rules: ClusterRules): OpenStory {
  const [first, ...others] = [...articles].sort(whenKnown);
  const story = begin(first!, live, rules);
  for (const other of others) join(other, story, noTwins, live);
  return story;
}

// ── assigning articles ──────────────────────────────────────────────────────────────────────────────────────────────

function assignArticle(article: ClusterInput, live: OpenStories, rules: ClusterRules): OpenStory {
  const twins = copiesOf(article, live, rules);
  if (twins !== null && article.reading.daily && holdsOwn(twins, article.sourceId)) return begin(article, live, rules);
  const story = twins?.story ?? bestMatch(article, live, rules);
  if (story === null) return begin(article, live, rules);
  join(article, story, twins?.articles ?? noTwins, live);
  return story;
}

const noTwins: ReadonlySet<ArticleRef> = new Set();

function begin(article: ClusterInput, live: OpenStories, rules: ClusterRules): OpenStory {
  const { ref, reading } = article;
  const id = storyIdOf(article.id, rules.host, article.firstSeenAt);
  const story = { ref, id, language: reading.language, daily: reading.daily, textLength: reading.terms.length };
  return live.begin(story, memberOf(article, 'member', null), article.vector);
}

/** Near-duplicates in one story: the one with the most similar of them, of equal ones the oldest. */
interface Twins {
  readonly story: OpenStory;
  readonly articles: ReadonlySet<ArticleRef>;
}

function copiesOf(article: ClusterInput, live: OpenStories, rules: ClusterRules): Twins | null {
  const { publishedAt, reading } = article;
  let found: Map<OpenStory, Set<ArticleRef>> | null = null;
  let best: { story: OpenStory; overlap: number } | null = null;
  live.eachCopy(reading.signature, (story, twin, overlap) => {
    if (!inReach(story, publishedAt, publishedAt, rules)) return;
    found ??= new Map();
    found.set(story, (found.get(story) ?? new Set()).add(twin));
    const nearer = best === null ? 1 : overlap - best.overlap || best.story.number - story.number;
    if (nearer > 0) best = { story, overlap };
  });
  const { story } = (best as { story: OpenStory } | null) ?? { story: null };
  return story === null ? null : { story, articles: found!.get(story)! };
}

// Today's forecast in yesterday's words is not a correction.
function holdsOwn({ story, articles }: Twins, sourceId: SourceId): boolean {
  return story.members.some((member) => member.sourceId === sourceId && articles.has(member.article));
}

function bestMatch(article: ClusterInput, live: OpenStories, rules: ClusterRules): OpenStory | null {
  const { vector, publishedAt } = article;
  const wanted = (story: OpenStory) => story.mergedInto === null && inReach(story, publishedAt, publishedAt, rules);
  const least = leastCosine(article.reading.terms.length);
  let best: OpenStory | null = null;
  let greatest = 0;
  live.eachNear(vector, vector.terms, wanted, (story, cosine) => {
    if (cosine < least || cosine <= greatest || !mayJoin(article, story)) return;
    best = story;
    greatest = cosine;
  });
  return best;
}

// Daily formats use the same words for different towns and days, so within a day a rare word of the title must match too.
function mayJoin({ reading, vector, publishedAt }: ClusterInput, story: OpenStory): boolean {
  if (!reading.daily && !story.daily) return true;
  if (Math.abs(publishedAt - story.lastAt) >= day) return false;
  const background = backgroundOf(reading.language);
  return reading.terms
    .subarray(0, reading.titleTerms)
    .some((term) => background.share(term) <= 3 * rarest && vector.terms.includes(term) && story.keys.includes(term));
}

function inReach(story: OpenStory, first: number, last: number, { window }: ClusterRules): boolean {
  return (
    first - story.lastAt < window &&
    story.firstAt - last < window &&
    Math.max(last, story.lastAt) - Math.min(first, story.firstAt) <= longest
  );
}

function join(article: ClusterInput, story: OpenStory, twins: ReadonlySet<ArticleRef>, live: OpenStories): void {
  const alike = twins.size === 0 ? [] : story.members.filter((member) => twins.has(member.article));
  story.changed = true;
  if (alike.some(({ sourceId }) => sourceId === article.sourceId)) {
    story.members.push(memberOf(article, 'correction', null));
    return;
  }
  const canonical = alike.find(({ copyOf, role }) => copyOf === null && role === 'member');
  const member = memberOf(article, 'member', canonical?.article ?? null);
  story.members.push(member);
  story.size += 1;
  story.firstAt = Math.min(story.firstAt, article.publishedAt);
  story.lastAt = Math.max(story.lastAt, article.publishedAt);
  story.textLength += article.reading.terms.length;
  live.grow(story, article.vector);
  live.remember(story, member);
}

function memberOf(article: ClusterInput, role: StoryMember['role'], copyOf: ArticleRef | null): StoryMember {
  const { ref, id, sourceId, publishedAt, reading } = article;
  return {
    article: ref,
    id,
    sourceId,
    publishedAt,
    fullness: reading.fullness,
    signature: reading.signature,
    role,
    copyOf,
  };
}

// ── merging stories ─────────────────────────────────────────────────────────────────────────────────────────────────

function mergeStories(grown: ReadonlySet<OpenStory>, live: OpenStories, rules: ClusterRules): void {
  for (const story of [...grown].sort((a, b) => a.number - b.number)) {
    if (story.mergedInto !== null || story.size < 2) continue;
    const other = nearestStory(story, live, rules);
    if (other !== null) merge(story, other, live);
  }
}

function nearestStory(story: OpenStory, live: OpenStories, rules: ClusterRules): OpenStory | null {
  const wanted = (other: OpenStory) =>
    other !== story &&
    other.mergedInto === null &&
    !other.daily &&
    !story.daily &&
    inReach(other, story.firstAt, story.lastAt, rules);
  let best: OpenStory | null = null;
  let greatest = Number.NEGATIVE_INFINITY;
  live.eachNear(story.sum, story.keys, wanted, (other, cosine) => {
    const needed = leastCosine((story.textLength + other.textLength) / (story.size + other.size));
    if (cosine < needed + (other.size > 1 ? mergeMargin : 0) || cosine <= greatest) return;
    best = other;
    greatest = cosine;
  });
  return best;
}

function merge(a: OpenStory, b: OpenStory, live: OpenStories): void {
  const [kept, gone] = isOlder(a, b) ? [a, b] : [b, a];
  kept.members = [...kept.members, ...gone.members].sort(
    (x, y) => x.publishedAt - y.publishedAt || (x.id < y.id ? -1 : 1),
  );
  kept.size += gone.size;
  kept.textLength += gone.textLength;
  kept.firstAt = Math.min(kept.firstAt, gone.firstAt);
  kept.lastAt = Math.max(kept.lastAt, gone.lastAt);
  live.grow(kept, gone.sum);
  live.clear(gone, kept);
}

/** Whether `a` keeps its id in a merge: a stored story before a new one, then the earlier event. */
function isOlder(a: OpenStory, b: OpenStory): boolean {
  if (a.stored !== b.stored) return a.stored;
  return a.firstAt - b.firstAt < 0 || (a.firstAt === b.firstAt && a.id < b.id);
}
