/** Holds the stories that may still grow, and finds those that share terms with an article. */
import type { ArticleRef } from '../model/article.js';
import type { StoryMember, StoryRecord, StoryRef } from '../model/story.js';
import { CopyTable } from './copy-table.js';
import { Postings } from './postings.js';
import { addVectors, dot, EMPTY_VECTOR, length, strongestTerms, type Vector, weightOf } from './terms/vector.js';

export interface OpenStory {
  readonly ref: StoryRef;
  readonly id: string;
  readonly language: string;
  readonly daily: boolean;
  /** Whether it is in the store: then it keeps its id in a merge with a new story. */
  readonly stored: boolean;
  /** Its index among the open stories. */
  readonly number: number;
  firstAt: number;
  lastAt: number;
  textLength: number;
  /** Sum of its members' vectors. */
  sum: Vector;
  /** Length of `sum`. */
  length: number;
  keys: Int32Array;
  members: StoryMember[];
  /** Number of members without corrections. */
  size: number;
  changed: boolean;
  /** The story that it was merged into; null: none. */
  mergedInto: OpenStory | null;
}

/** Number of strongest terms by which a story is found. */
const keyTerms = 12;
/** Number of candidates that are compared exactly. */
const compared = 12;
/** Number of terms that are kept of a story's vector: more take time without a better result. */
const centroidTerms = 120;

export class OpenStories {
  readonly all: OpenStory[] = [];
  private readonly postings = new Postings();
  private readonly texts = new CopyTable<{ readonly story: OpenStory; readonly article: ArticleRef }>();

  /** Opens a stored story. Must be called in the order of `olderFirst`. */
  load(record: StoryRecord): OpenStory {
    const { terms, weights } = record;
    return this.open({
      ...record,
      stored: true,
      sum: { terms, weights },
      members: [...record.members],
    });
  }

  /** Begins a story with its first member. */
  begin(
    story: Pick<OpenStory, 'ref' | 'id' | 'language' | 'daily' | 'textLength'>,
    first: StoryMember,
    vector: Vector,
  ): OpenStory {
    const at = first.publishedAt;
    const keys = strongestTerms(vector, keyTerms);
    return this.open({
      ...story,
      stored: false,
      firstAt: at,
      lastAt: at,
      sum: vector,
      keys,
      members: [first],
    });
  }

  private open(story: Omit<OpenStory, 'number' | 'length' | 'size' | 'changed' | 'mergedInto'>): OpenStory {
    const opened: OpenStory = {
      ref: story.ref,
      id: story.id,
      language: story.language,
      daily: story.daily,
      stored: story.stored,
      number: this.all.length,
      firstAt: story.firstAt,
      lastAt: story.lastAt,
      textLength: story.textLength,
      sum: story.sum,
      length: length(story.sum),
      keys: story.keys,
      members: story.members,
      size: story.members.filter(({ role }) => role === 'member').length,
      changed: !story.stored,
      mergedInto: null,
    };
    this.all.push(opened);
    this.index(opened, opened.keys);
    for (const member of opened.members) this.remember(opened, member);
    return opened;
  }

  /** Adds the vector of a member or a merged story. */
  grow(story: OpenStory, vector: Vector): void {
    story.sum = addVectors(story.sum, vector, centroidTerms);
    story.length = length(story.sum);
    story.changed = true;
    const keys = strongestTerms(story.sum, keyTerms);
    if (isSame(keys, story.keys)) return;
    const fresh = keys.filter((term) => !story.keys.includes(term));
    if (fresh.length === 0) return; // the old keys still serve, and replacing long-lived arrays is expensive
    this.index(story, fresh);
    story.keys = keys;
  }

  /** Closes a story that was merged into another. */
  clear(story: OpenStory, into: OpenStory): void {
    story.mergedInto = into;
    story.members = [];
    story.sum = EMPTY_VECTOR;
  }

  private index({ number, sum, length }: OpenStory, terms: Int32Array): void {
    for (const term of terms) this.postings.add(term, number, weightOf(sum, term) / length);
  }

  /** Adds the text of a member, so that near-duplicates find its story. */
  remember(story: OpenStory, member: StoryMember): void {
    this.texts.add(member.signature, { story, article: member.article });
  }

  /** Calls `visit` for each near-duplicate with its current story. */
  eachCopy(signature: Uint16Array, visit: (story: OpenStory, article: ArticleRef, overlap: number) => void): void {
    this.texts.eachCopy(signature, ({ story, article }, overlap) => visit(mergedStory(story), article, overlap));
  }

  /**
   * Calls `visit` for the stories most similar to the vector among those for which `wanted` is true, with their cosines (0-1), in
   * the order in which they were opened. `keys`: the terms to look up.
   */
  eachNear(
    vector: Vector,
    keys: Int32Array,
    wanted: (story: OpenStory) => boolean,
    visit: (story: OpenStory, cosine: number) => void,
  ): void {
    const { all } = this;
    const own = length(vector);
    for (const number of this.postings.best(vector, keys, compared, (number) => wanted(all[number]!))) {
      const story = all[number]!;
      visit(story, own === 0 || story.length === 0 ? 0 : dot(vector, story.sum) / own / story.length);
    }
  }
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((term, at) => term === b[at]);
}

/** The story that a story was merged into, or itself. */
export function mergedStory(story: OpenStory): OpenStory {
  let last = story;
  while (last.mergedInto !== null) last = last.mergedInto;
  return last;
}

/** Order for loading stories: oldest first, so that open stories always have the same order. */
export function olderFirst(a: Pick<StoryRecord, 'firstAt' | 'id'>, b: Pick<StoryRecord, 'firstAt' | 'id'>): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}
