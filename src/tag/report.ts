/** How topics have done on the articles of late, for an editor who tunes them: `newsloom topics test` and `topics report`. */
import type { ArticleId } from '../model/article.js';
import type { TopicConfig } from '../model/topic.js';
import { type Ancestry, ancestryOf } from './ancestry.js';
import type { Judgement } from './evidence.js';
import { completeTopic } from './place.js';
import type { Taggable, Tagger } from './tag.js';

/** Why an article that speaks of a topic does not have it. */
export type Reason =
  | { readonly kind: 'vetoed'; readonly by: readonly string[] }
  | { readonly kind: 'missing'; readonly phrases: readonly string[] }
  | { readonly kind: 'weak'; readonly score: number };

/** A topic that an article nearly had. */
export interface NearMiss {
  readonly topicId: string;
  readonly reason: Reason;
  /** What spoke for it. */
  readonly because: Judgement['because'];
}

/** Topics of an article that something spoke for and that it does not have; strongest first. */
export function nearMisses(judgements: readonly Judgement[]): NearMiss[] {
  return judgements
    .filter(({ tagged, because }) => !tagged && because.length > 0)
    .sort((a, b) => b.score - a.score || (a.topicId < b.topicId ? -1 : 1))
    .map((judgement) => ({ topicId: judgement.topicId, reason: reasonOf(judgement), because: judgement.because }));
}

function reasonOf({ vetoedBy, missing, score }: Judgement): Reason {
  if (vetoedBy.length > 0) return { kind: 'vetoed', by: vetoedBy };
  return missing.length > 0 ? { kind: 'missing', phrases: missing } : { kind: 'weak', score };
}

export interface TopicReport {
  readonly topicId: string;
  /** Articles that have it, those of its children among them. */
  readonly articles: number;
  /** The phrases that gave it most often: in how many articles each. */
  readonly topPhrases: readonly { readonly phrase: string; readonly articles: number }[];
  /** Articles that nearly had it, strongest first. */
  readonly nearMisses: readonly { readonly id: ArticleId; readonly title: string; readonly reason: Reason }[];
  /** Phrases of the config that spoke in no article: misspelt, too strict, always inside a longer one, or just without news. */
  readonly silent: readonly string[];
  /** Topics, neither above nor below it, that nearly all of its articles have too. */
  readonly alwaysWith: readonly string[];
}

export interface ReportOptions {
  /** Top phrases and near misses of each topic; default 5. */
  readonly limit?: number;
}

/** Gathers a report article by article, so that a store can be read page by page. */
export interface TopicsReport {
  add(article: Taggable & { readonly id: ArticleId }): void;
  /** One entry for each topic, in the order of the config. */
  result(): TopicReport[];
}

/** Always together: on so many articles at least, and in so many of a hundred. */
const togetherArticles = 5;
const togetherShare = 0.95;

/** `tagger` must be made of the same topics. Pure: the caller chooses the articles, say those of thirty days. */
export function createTopicsReport(
  topics: readonly TopicConfig[],
  tagger: Tagger,
  { limit = 5 }: ReportOptions = {},
): TopicsReport {
  const complete = topics.map(completeTopic);
  const ancestry = ancestryOf(complete);
  const counters = new Map(complete.map(({ id }) => [id, new TopicCounters()]));
  return {
    add(article) {
      const judgements = tagger.judge(article);
      const tags = tagger.tag(article);
      const ids = tags.map(({ topicId }) => topicId);
      for (const tag of tags) counters.get(tag.topicId)?.count(tag.because, ids);
      for (const { topicId, because, vetoedBy } of judgements) counters.get(topicId)?.heard(because, vetoedBy);
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
          nearMisses: counter.misses.map(({ id, title, reason }) => ({ id, title, reason })),
          silent: phrasesOf(topic).filter((phrase) => !counter.spoke.has(phrase)),
          alwaysWith: counter.alwaysWith().filter((other) => !related(topic.id, other, ancestry)),
        };
      }),
  };
}

/** What is counted for one topic. */
class TopicCounters {
  articles = 0;
  readonly phrases = new Map<string, number>();
  readonly spoke = new Set<string>();
  misses: { id: ArticleId; title: string; reason: Reason; score: number }[] = [];
  readonly #companions = new Map<string, number>();

  count(because: Judgement['because'], ids: readonly string[]): void {
    this.articles += 1;
    for (const phrase of new Set(because.map((each) => each.phrase))) increment(this.phrases, phrase);
    for (const id of ids) increment(this.#companions, id);
  }

  heard(because: Judgement['because'], vetoedBy: readonly string[]): void {
    for (const { phrase } of because) this.spoke.add(phrase);
    for (const phrase of vetoedBy) this.spoke.add(phrase);
  }

  miss({ id, title }: Taggable & { readonly id: ArticleId }, { reason, because }: NearMiss, limit: number): void {
    const score = because.reduce((sum, { weight }) => sum + weight, 0);
    this.misses.push({ id, title, reason, score });
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

// The editor's own phrases; a country's many names are nobody's to tune.
function phrasesOf({ any, all, near, none }: TopicConfig): string[] {
  return [...new Set([...(any ?? []), ...(all ?? []), ...(near ?? []).flat(), ...(none ?? [])])];
}

function related(a: string, b: string, ancestry: Ancestry): boolean {
  return ancestry.get(a)?.includes(b) === true || ancestry.get(b)?.includes(a) === true;
}
