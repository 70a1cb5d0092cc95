/** Reports how topics matched recent articles, for `newsloom topics test` and `topics report`. */
import type { ArticleId, TopicTag } from '../model/article.js';
import type { TopicConfig } from '../model/topic.js';
import { type Ancestry, buildAncestry } from './ancestry.js';
import { completeTopic } from './complete-topic.js';
import type { Judgement } from './evidence.js';
import type { Taggable, Tagger } from './tag.js';

type Reason =
  | { readonly kind: 'vetoed'; readonly by: readonly string[] }
  | { readonly kind: 'missing'; readonly phrases: readonly string[] }
  | { readonly kind: 'weak'; readonly score: number };

export interface NearMiss {
  readonly topicId: string;
  readonly reason: Reason;
  readonly because: Judgement['because'];
}

/** Topics with evidence that the article was not tagged with; highest score first. */
export function nearMisses(judgements: readonly Judgement[]): NearMiss[] {
  return judgements
    .filter(({ tagged, because }) => !tagged && because.length > 0)
    .sort((a, b) => b.score - a.score || (a.topicId < b.topicId ? -1 : 1))
    .map((judgement) => ({
      topicId: judgement.topicId,
      reason: findMissReason(judgement),
      because: judgement.because,
    }));
}

function findMissReason({ vetoedBy, missing, score }: Judgement): Reason {
  if (vetoedBy.length > 0) return { kind: 'vetoed', by: vetoedBy };
  return missing.length > 0 ? { kind: 'missing', phrases: missing } : { kind: 'weak', score };
}

export interface TopicReport {
  readonly topicId: string;
  /** Number of tagged articles, including those of descendants. */
  readonly articles: number;
  /** The phrases with the most tags, each with its number of articles. */
  readonly topPhrases: readonly { readonly phrase: string; readonly articles: number }[];
  readonly nearMisses: readonly ReportedMiss[];
  /** Phrases without a match in any article: misspelt, too strict, always part of a longer one, or not in the news. */
  readonly silent: readonly string[];
  /** Unrelated topics (neither ancestors nor descendants) that nearly all of its articles have too. */
  readonly alwaysWith: readonly string[];
}

interface ReportedMiss extends Omit<NearMiss, 'topicId'> {
  readonly id: ArticleId;
  readonly title: string;
}

export interface ReportOptions {
  /** Number of top phrases and near misses per topic; default 5. */
  readonly limit?: number;
}

/** Builds a report article by article, so that the store can be read in pages. */
export interface TopicsReport {
  /** `tags`: those that readers see; by default, those from its text and source. */
  add(article: Taggable & { readonly id: ArticleId }, tags?: readonly TopicTag[]): void;
  result(): TopicReport[];
}

/** Thresholds of `alwaysWith`: number of articles, and share of them that have both topics. */
const togetherArticles = 5;
const togetherShare = 0.95;

/** `tagger` must be created from the same topics. */
export function createTopicsReport(
  topics: readonly TopicConfig[],
  tagger: Tagger,
  { limit = 5 }: ReportOptions = {},
): TopicsReport {
  const complete = topics.map(completeTopic);
  const ancestry = buildAncestry(complete);
  const counters = new Map(complete.map(({ id }) => [id, new TopicCounters()]));
  return {
    add(article, tags = tagger.tag(article)) {
      const judgements = tagger.judge(article);
      const ids = tags.map(({ topicId }) => topicId);
      for (const tag of tags) counters.get(tag.topicId)?.count(tag.because, ids);
      for (const { topicId, because, vetoedBy } of judgements) counters.get(topicId)?.addPhrases(because, vetoedBy);
      for (const miss of nearMisses(judgements)) {
        if (!ids.includes(miss.topicId)) counters.get(miss.topicId)?.miss(article, miss, limit);
      }
    },
    result: () =>
      complete.map((topic) => {
        const counter = counters.get(topic.id)!;
        return {
          topicId: topic.id,
          articles: counter.articles,
          topPhrases: top(counter.phrases, limit),
          nearMisses: counter.misses.map(({ score: _, ...miss }) => miss),
          silent: listPhrases(topic).filter((phrase) => !counter.matchedPhrases.has(phrase)),
          alwaysWith: counter.alwaysWith().filter((other) => !related(topic.id, other, ancestry)),
        };
      }),
  };
}

class TopicCounters {
  articles = 0;
  readonly phrases = new Map<string, number>();
  readonly matchedPhrases = new Set<string>();
  misses: (ReportedMiss & { readonly score: number })[] = [];
  readonly #companions = new Map<string, number>();

  count(because: Judgement['because'], ids: readonly string[]): void {
    this.articles += 1;
    for (const phrase of new Set(because.map((each) => each.phrase))) increment(this.phrases, phrase);
    for (const id of ids) increment(this.#companions, id);
  }

  addPhrases(because: Judgement['because'], vetoedBy: readonly string[]): void {
    for (const { phrase } of because) this.matchedPhrases.add(phrase);
    for (const phrase of vetoedBy) this.matchedPhrases.add(phrase);
  }

  miss({ id, title }: Taggable & { readonly id: ArticleId }, { reason, because }: NearMiss, limit: number): void {
    const score = because.reduce((sum, { weight }) => sum + weight, 0);
    this.misses.push({ id, title, reason, because, score });
    this.misses.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    this.misses.length = Math.min(this.misses.length, limit);
  }

  alwaysWith(): string[] {
    if (this.articles < togetherArticles) return [];
    return [...this.#companions]
      .filter(([, count]) => count >= togetherShare * this.articles)
      .map(([id]) => id)
      .sort();
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function top(phrases: ReadonlyMap<string, number>, limit: number): { phrase: string; articles: number }[] {
  const sorted = [...phrases].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.slice(0, limit).map(([phrase, articles]) => ({ phrase, articles }));
}

// Only the editor's own phrases: the ready-made names of a country cannot be edited.
function listPhrases({ any, hints, all, near, none }: TopicConfig): string[] {
  return [...new Set([...(any ?? []), ...(hints ?? []), ...(all ?? []), ...(near ?? []).flat(), ...(none ?? [])])];
}

function related(a: string, b: string, ancestry: Ancestry): boolean {
  return ancestry.get(a)?.includes(b) === true || ancestry.get(b)?.includes(a) === true;
}
