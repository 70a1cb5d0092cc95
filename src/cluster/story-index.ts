/** Stories in memory, for those who embed us: add articles, ask for stories and for what is related. */
import { assignStories, type ClusterInput } from './cluster.js';
import { leadOf } from './lead.js';
import { LiveStories, type LiveStory, standing } from './live.js';
import { readArticle } from './reading.js';
import { RelatedIndex, type RelatedScope } from './related.js';
import { SiteTerms } from './site-terms.js';
import type { Vector } from './vector.js';

/** An article as `createStoryIndex().add` takes it. */
export interface IndexedArticle {
  readonly id: string;
  readonly sourceId: string;
  readonly title: string;
  /** Plain text. */
  readonly summary?: string | undefined;
  readonly contentHtml?: string | null | undefined;
  /** BCP 47; null: told from the script. */
  readonly language?: string | null | undefined;
  readonly publishedAt: Date;
}

export interface StoryIndex {
  /** An id that is known already is left as it was. */
  add(article: IndexedArticle): void;
  /** All since the index was made, closed ones too, each with at least one article; oldest first. A source's corrections stand beside what they correct. */
  stories(): { id: string; leadId: string; articleIds: string[] }[];
  /** Nearest first. `same-story`: other tellings; `other-stories`: other events, one article each, at most two a source, no near-duplicates. */
  related(id: string, limit: number, scope?: RelatedScope): { id: string; score: number }[];
}

export interface StoryIndexOptions {
  /** A story that has not been told for so long is closed. Default 72; measured between articles, never from now. */
  readonly windowHours?: number | undefined;
}

/**
 * An index of stories. Articles of one event find together by the rare words that they share; near-duplicates by their text.
 * Between two calls of `stories()` or `related()` the order of `add()` makes no difference. Reads no clock.
 */
export function createStoryIndex(options: StoryIndexOptions = {}): StoryIndex {
  const index = new Memory((options.windowHours ?? 72) * 3_600_000);
  return {
    add: (article) => index.add(article),
    stories: () => index.stories(),
    related: (id, limit, scope = 'any') => index.related(id, limit, scope),
  };
}

/** Its vector is made when the articles that came with it are known. */
type Waiting = Omit<ClusterInput, 'vector'> & { vector: Vector };

class Memory {
  private readonly refs = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly live = new LiveStories();
  private readonly terms = new SiteTerms();
  private waiting: Waiting[] = [];
  private seats: LiveStory[] = [];
  private readonly near = new RelatedIndex<number, LiveStory>((ref) => standing(this.seats[ref]!));

  constructor(private readonly window: number) {}

  add(article: IndexedArticle): void {
    if (this.refs.has(article.id)) return;
    const ref = this.ids.length;
    this.refs.set(article.id, ref);
    this.ids.push(article.id);
    const { id, sourceId } = article;
    const at = article.publishedAt.getTime();
    const reading = readArticle(article);
    this.waiting.push({ ref, id, sourceId, publishedAt: at, firstSeenAt: at, reading, vector: unmade });
  }

  stories(): { id: string; leadId: string; articleIds: string[] }[] {
    this.settle();
    return this.live.all
      .filter(({ mergedInto }) => mergedInto === null)
      .sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1))
      .map(({ id, members }) => ({
        id,
        leadId: leadOf(members, []).id,
        articleIds: members.map((member) => member.id),
      }));
  }

  related(id: string, limit: number, scope: RelatedScope): { id: string; score: number }[] {
    this.settle();
    const ref = this.refs.get(id);
    if (ref === undefined) return [];
    return this.near.related(ref, limit, scope).map(({ key, score }) => ({ id: this.ids[key]!, score }));
  }

  private settle(): void {
    if (this.waiting.length === 0) return;
    const batch = this.waiting.sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1));
    this.waiting = [];
    this.terms.count(batch);
    const weigh = this.terms.weigher();
    for (const article of batch) article.vector = weigh(article);
    const seats = assignStories(batch, this.live, { window: this.window, host: null });
    batch.forEach(({ ref, sourceId, publishedAt, vector, reading }, at) => {
      this.seats[ref] = seats[at]!;
      this.near.add({ key: ref, sourceId, publishedAt, topics: none, vector, signature: reading.signature });
    });
  }
}

const none: readonly string[] = [];
const unmade: Vector = { terms: new Int32Array(0), weights: new Float32Array(0) };
