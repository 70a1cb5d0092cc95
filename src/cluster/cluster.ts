/** Assigns new articles to stories and merges stories, within each language. Works on open stories in memory. */
import type { ArticleId, ArticleRef } from '../model/article.js';
import type { SourceId } from '../model/source.js';
import type { PackedVector, StoryMember } from '../model/story.js';
import { mentionsOf, serializeCognates } from './across-languages.js';
import { joinLanguages, LONGEST } from './join-languages.js';
import { compareAge } from './lead.js';
import { isOlder, joinStories, type OpenStories, type OpenStory } from './open-stories.js';
import { createProfile } from './profile.js';
import { computeSurplus, type Side } from './score.js';
import { createStoryId } from './story-id.js';
import { loadBackground, rarestShare } from './terms/background.js';
import { unpackVector } from './terms/packed-vector.js';
import type { Reading } from './text/reading.js';

export interface UnassignedArticle {
  readonly ref: ArticleRef;
  readonly id: ArticleId;
  readonly sourceId: SourceId;
  readonly publishedAt: number;
  /** In milliseconds; the earlier of this and `publishedAt` orders the articles. */
  readonly firstSeenAt: number;
  readonly reading: Reading;
  /** For comparisons across languages. */
  readonly text: { readonly title: string; readonly summary: string };
}

/** An article with its vector, without data that is no longer needed, because thousands are in memory at once. */
export interface ClusterInput
  extends Omit<UnassignedArticle, 'reading' | 'text'>,
    Pick<Reading, 'language' | 'daily' | 'tip' | 'fullness' | 'signature'> {
  readonly textLength: number;
  readonly vector: PackedVector;
  /** As `StoryMember.cognates`. */
  readonly cognates: string | null;
}

/**
 * Empties the list while it computes vectors, to free the memory of each reading. `severalLanguages`: articles of several
 * languages are open, so cognates are needed.
 */
export function clusterInputs(
  articles: UnassignedArticle[],
  weigh: (article: UnassignedArticle) => PackedVector,
  severalLanguages = true,
): ClusterInput[] {
  const inputs: ClusterInput[] = [];
  articles.reverse();
  for (let article = articles.pop(); article !== undefined; article = articles.pop()) {
    const cognates = severalLanguages ? readCognates(article) : null;
    inputs.push(clusterInput(article, weigh(article), cognates));
  }
  return inputs;
}

function readCognates({ text, reading, publishedAt }: UnassignedArticle): string {
  return serializeCognates(
    mentionsOf({ ...text, language: reading.language, publishedAt: new Date(publishedAt) }).cognates,
  );
}

function clusterInput(
  article: UnassignedArticle,
  vector: PackedVector,
  cognates: ClusterInput['cognates'],
): ClusterInput {
  const { ref, id, sourceId, publishedAt, firstSeenAt } = article;
  const { language, daily, tip, fullness, signature, terms } = article.reading;
  const about = { ref, id, sourceId, publishedAt, firstSeenAt, language, daily, tip, fullness, signature };
  return { ...about, textLength: terms.length, vector, cognates };
}

export interface ClusterRules {
  /** Maximum time between an article and the last one of the story that it joins, in milliseconds. */
  readonly window: number;
  /** The site's host, for story ids; null: none. */
  readonly host: string | null;
}

const day = 86_400_000;

/** Number of articles after which stories are merged. */
const mergeEvery = 300;

/** Independent of the order of `articles`. Returns the story that each joined, which may have been merged since. */
export function assignStories(articles: readonly ClusterInput[], live: OpenStories, rules: ClusterRules): OpenStory[] {
  const order = articles.map((_, place) => place).sort((a, b) => compareArticles(articles[a]!, articles[b]!));
  const joined: OpenStory[] = Array.from({ length: articles.length });
  const grown = new Set<OpenStory>();
  order.forEach((place, at) => {
    const story = assignArticle(articles[place]!, live, rules);
    joined[place] = story;
    if (story.size > 1) grown.add(story);
    if ((at + 1) % mergeEvery !== 0 && at + 1 < order.length) return;
    mergeStories(grown, live, rules);
    grown.clear();
  });
  joinLanguages(live, articles);
  return joined;
}

function compareArticles(a: ClusterInput, b: ClusterInput): number {
  return (
    Math.min(a.publishedAt, a.firstSeenAt) - Math.min(b.publishedAt, b.firstSeenAt) ||
    a.publishedAt - b.publishedAt ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Creates a story of exactly these articles. */
export function makeStory(articles: readonly ClusterInput[], live: OpenStories, rules: ClusterRules): OpenStory {
  const [first, ...others] = [...articles].sort(compareArticles);
  const story = begin(first!, live, rules);
  for (const other of others) join(other, story, noTwins, live);
  return story;
}

function assignArticle(article: ClusterInput, live: OpenStories, rules: ClusterRules): OpenStory {
  const twins = findTwins(article, live, rules);
  if (twins !== null && article.daily && hasOwnCopy(twins, article.sourceId)) return begin(article, live, rules);
  const story = twins?.story ?? (article.tip ? null : bestMatch(article, live, rules));
  if (story === null) return begin(article, live, rules);
  join(article, story, twins?.articles ?? noTwins, live);
  return story;
}

/** Minimum likeness of two headlines of one source whose texts are nearly the same: of an update, and of a correction. */
const UPDATE = 0.2;
const CORRECTION = 0.5;
const noTwins: ReadonlySet<ArticleRef> = new Set();

function begin(article: ClusterInput, live: OpenStories, rules: ClusterRules): OpenStory {
  const { ref, language, daily, tip, textLength } = article;
  const id = createStoryId(article.id, rules.host, article.firstSeenAt);
  const story = { ref, id, language, daily: daily || tip, textLength };
  return live.begin(story, toMember(article, 'member', null), article.vector);
}

/** Near-duplicates in one story: the story with the most similar one; ties: the oldest. */
interface Twins {
  readonly story: OpenStory;
  readonly articles: ReadonlySet<ArticleRef>;
}

function findTwins(article: ClusterInput, live: OpenStories, rules: ClusterRules): Twins | null {
  const { publishedAt, signature } = article;
  let found: Map<OpenStory, Set<ArticleRef>> | null = null;
  let best: { story: OpenStory; overlap: number } | null = null;
  live.eachCopy(signature, (story, twin, overlap) => {
    if (!isInReach(story, publishedAt, publishedAt, rules) || isOtherNews(article, story, twin)) return;
    found ??= new Map();
    found.set(story, (found.get(story) ?? new Set()).add(twin));
    const nearer = best === null ? 1 : overlap - best.overlap || best.story.number - story.number;
    if (nearer > 0) best = { story, overlap };
  });
  const { story } = (best as { story: OpenStory } | null) ?? { story: null };
  return story === null ? null : { story, articles: found!.get(story)! };
}

// Today's forecast in yesterday's words is not a correction.
function hasOwnCopy({ story, articles }: Twins, sourceId: SourceId): boolean {
  return story.members.some((member) => member.sourceId === sourceId && articles.has(member.article));
}

function bestMatch(article: ClusterInput, live: OpenStories, rules: ClusterRules): OpenStory | null {
  const { publishedAt } = article;
  const wanted = (story: OpenStory) => story.mergedInto === null && isInReach(story, publishedAt, publishedAt, rules);
  const side = toSide(article);
  let best: OpenStory | null = null;
  let greatest = 0;
  live.eachNear(side.profile, side.profile.terms, wanted, (story) => {
    const surplus = computeSurplus(side, story, greatest);
    if (surplus < 0 || (best !== null && surplus <= greatest) || !canJoin(article, story)) return;
    best = story;
    greatest = surplus;
  });
  return best;
}

function toSide(article: ClusterInput): Side {
  const { vector, textLength, publishedAt } = article;
  return {
    members: [article],
    profile: createProfile(unpackVector(vector)),
    length: 1,
    size: 1,
    textLength,
    vectors: [vector],
    firstAt: publishedAt,
    lastAt: publishedAt,
  };
}

// Daily formats use the same words for other towns and days, so a rare word of the title must match too.
function canJoin({ daily, language, vector, publishedAt }: ClusterInput, story: OpenStory): boolean {
  if (!daily && !story.daily) return true;
  if (daily !== story.daily) return false;
  if (Math.abs(publishedAt - story.lastAt) >= day) return false;
  const background = loadBackground(language);
  const { terms, titles } = unpackVector(vector);
  return terms.some(
    (term, at) => titles[at] === 1 && background.share(term) <= 3 * rarestShare && story.keys.includes(term),
  );
}

function isInReach(story: OpenStory, first: number, last: number, { window }: ClusterRules): boolean {
  return (
    first - story.lastAt < window &&
    story.firstAt - last < window &&
    Math.max(last, story.lastAt) - Math.min(first, story.firstAt) <= LONGEST
  );
}

function join(article: ClusterInput, story: OpenStory, twins: ReadonlySet<ArticleRef>, live: OpenStories): void {
  const alike = twins.size === 0 ? [] : story.members.filter((member) => twins.has(member.article));
  story.changed = true;
  if (alike.some((twin) => twin.sourceId === article.sourceId && compareHeadlines(article, twin) >= CORRECTION)) {
    story.members.push(toMember(article, 'correction', null));
    return;
  }
  const canonical = alike.find(
    ({ sourceId, copyOf, role }) => sourceId !== article.sourceId && copyOf === null && role === 'member',
  );
  const member = toMember(article, 'member', canonical?.article ?? null);
  story.members.push(member);
  story.size += 1;
  story.firstAt = Math.min(story.firstAt, article.publishedAt);
  story.lastAt = Math.max(story.lastAt, article.publishedAt);
  story.textLength += article.textLength;
  live.grow(story, createProfile(unpackVector(article.vector)), [article.vector]);
  live.remember(story, member);
}

/** One source, one text, but headlines with little in common: most of the text is background or a promotion. */
function isOtherNews(article: ClusterInput, { members }: OpenStory, twin: ArticleRef): boolean {
  const member = members.find((one) => one.article === twin);
  return member?.sourceId === article.sourceId && compareHeadlines(article, member) < UPDATE;
}

/** Dice coefficient of the terms in both headlines. */
function compareHeadlines({ vector }: ClusterInput, twin: StoryMember): number {
  if (twin.vector === null) return 1;
  const [terms, others] = [listTitleTerms(vector), listTitleTerms(twin.vector)];
  return (2 * terms.filter((term) => others.includes(term)).length) / (terms.length + others.length || 1);
}

function listTitleTerms(vector: PackedVector): Int32Array {
  const { terms, titles } = unpackVector(vector);
  return terms.filter((_, at) => titles[at] === 1);
}

function toMember(article: ClusterInput, role: StoryMember['role'], copyOf: ArticleRef | null): StoryMember {
  const { ref, id, sourceId, language, publishedAt, fullness, signature, cognates } = article;
  return {
    vector: role === 'correction' ? null : article.vector,
    cognates: role === 'correction' ? null : cognates,
    language,
    article: ref,
    id,
    sourceId,
    publishedAt,
    fullness,
    signature,
    role,
    copyOf,
  };
}

/** Adds matching single articles to each story that grew, then merges it with at most one other story. */
function mergeStories(grown: ReadonlySet<OpenStory>, live: OpenStories, rules: ClusterRules): void {
  for (const story of [...grown].sort((a, b) => a.number - b.number)) {
    if (story.mergedInto !== null || story.size < 2) continue;
    let whole = story;
    for (
      let one = findNearestStory(whole, isSingle, live, rules);
      one !== null;
      one = findNearestStory(whole, isSingle, live, rules)
    ) {
      whole = merge(whole, one, live);
    }
    const other = findNearestStory(whole, (candidate) => !isSingle(candidate), live, rules);
    if (other !== null) merge(whole, other, live);
  }
}

function isSingle({ size }: OpenStory): boolean {
  return size === 1;
}

/** The most similar story of a kind; null: none is similar enough. */
function findNearestStory(
  story: OpenStory,
  kind: (other: OpenStory) => boolean,
  live: OpenStories,
  rules: ClusterRules,
): OpenStory | null {
  const wanted = (other: OpenStory) =>
    other !== story &&
    kind(other) &&
    other.mergedInto === null &&
    !other.daily &&
    !story.daily &&
    isInReach(other, story.firstAt, story.lastAt, rules);
  let best: OpenStory | null = null;
  let greatest = 0;
  live.eachNear(story.profile, story.keys, wanted, (other) => {
    const surplus = computeSurplus(story, other, greatest);
    if (surplus < 0 || (best !== null && surplus <= greatest)) return;
    best = other;
    greatest = surplus;
  });
  return best;
}

function merge(a: OpenStory, b: OpenStory, live: OpenStories): OpenStory {
  const [kept, gone] = isOlder(a, b) ? [a, b] : [b, a];
  kept.members = [...kept.members, ...gone.members].sort(compareAge);
  kept.size += gone.size;
  kept.textLength += gone.textLength;
  kept.firstAt = Math.min(kept.firstAt, gone.firstAt);
  kept.lastAt = Math.max(kept.lastAt, gone.lastAt);
  live.grow(kept, gone.profile, gone.vectors);
  kept.vectors = kept.members.flatMap(({ vector }) => vector ?? []); // the latest last
  live.clear(gone, kept);
  joinStories(kept, gone);
  return kept;
}
