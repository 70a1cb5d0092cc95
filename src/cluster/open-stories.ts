/** The stories that may still grow, found by the terms that they share with an article. */
import type { ArticleRef } from '../model/article.js';
import type { StoryMember, StoryRecord, StoryRef } from '../model/story.js';
import { CopyTable } from './copy-table.js';
import { Postings } from './postings.js';
import { addVectors, dot, EMPTY_VECTOR, length, strongestTerms, type Vector, weightOf } from './terms/vector.js';

/** A story that may still grow. */
export interface OpenStory {
  readonly ref: StoryRef;
  readonly id: string;
  readonly language: string;
  readonly daily: boolean;
  /** True where the store has it already: then it survives a merge with a new one. */
  readonly stored: boolean;
  /** Its place among the open stories. */
  readonly number: number;
  firstAt: number;
  lastAt: number;
  textLength: number;
  /** Sum of its members' vectors. */
  sum: Vector;
  /** Of the sum. */
  length: number;
  keys: Int32Array;
  members: StoryMember[];
  /** Members that are no corrections. */
  size: number;
  changed: boolean;
  /** Where it went in a merge. */
  mergedInto: OpenStory | null;
}

/** A story is found by its strongest terms. */
const keyTerms = 12;
/** So many of the most promising stories are compared exactly. */
const compared = 12;
/** Longer vectors only slow down. */
const centroidTerms = 120;

export class OpenStories {
  readonly all: OpenStory[] = [];
  private readonly postings = new Postings();
  private readonly texts = new CopyTable<{ readonly story: OpenStory; readonly article: ArticleRef }>();

  /** Opens a stored story. Call it in the order of `olderFirst`. */
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

  /** Adds what a member or another story says to what the story says. */
  grow(story: OpenStory, vector: Vector): void {
    story.sum = addVectors(story.sum, vector, centroidTerms);
    story.length = length(story.sum);
    story.changed = true;
    const keys = strongestTerms(story.sum, keyTerms);
    if (isSame(keys, story.keys)) return;
    const fresh = keys.filter((term) => !story.keys.includes(term));
    if (fresh.length === 0) return; // the old list serves: what stays long is dear to replace
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

  /** Remembers the text of an article, so that its copies find its story. */
  remember(story: OpenStory, member: StoryMember): void {
    this.texts.add(member.signature, { story, article: member.article });
  }

  /** Calls `visit` for each article whose text is nearly the same, with its story as it is now. */
  eachCopy(signature: Uint16Array, visit: (story: OpenStory, article: ArticleRef, overlap: number) => void): void {
    this.texts.eachCopy(signature, ({ story, article }, overlap) => visit(mergedStory(story), article, overlap));
  }

  /**
   * Calls `visit` for the stories in which `wanted` that have most in common with the vector, each with its cosine (0-1), as
   * they were opened. `keys`: the terms to look them up by.
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

/** The story into which a story was merged; itself where it was not. */
export function mergedStory(story: OpenStory): OpenStory {
  let last = story;
  while (last.mergedInto !== null) last = last.mergedInto;
  return last;
}

/** Loaded stories: oldest first, so that open stories have the same order everywhere. */
export function olderFirst(a: Pick<StoryRecord, 'firstAt' | 'id'>, b: Pick<StoryRecord, 'firstAt' | 'id'>): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}
