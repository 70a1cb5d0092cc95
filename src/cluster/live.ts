/** The stories that may still grow, found by the terms that they share with an article. */
import type { ArticleRef } from '../model/article.js';
import type { StoryMember, StoryRecord, StoryRef } from '../model/story.js';
import { CopyTable } from './copy-table.js';
import { Postings } from './postings.js';
import { addVectors, dot, EMPTY_VECTOR, length, strongestTerms, type Vector, weightOf } from './vector.js';

/** A story on the work table. */
export interface LiveStory {
  readonly ref: StoryRef;
  readonly id: string;
  readonly language: string;
  readonly daily: boolean;
  /** True where the store has it already: then it survives a merge with a new one. */
  readonly stored: boolean;
  /** Place on the table. */
  readonly seat: number;
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
  mergedInto: LiveStory | null;
}

/** A story is found by its strongest terms. */
const keyTerms = 12;
/** So many of the most promising stories are compared exactly. */
const compared = 12;
/** Longer vectors only slow down. */
const centroidTerms = 120;

export class LiveStories {
  readonly all: LiveStory[] = [];
  private readonly postings = new Postings();
  private readonly texts = new CopyTable<{ readonly story: LiveStory; readonly article: ArticleRef }>();

  /** Lays a stored story on the table. Call it in the order of `olderFirst`. */
  load(record: StoryRecord): LiveStory {
    const { terms, weights } = record;
    return this.seat({
      ...record,
      stored: true,
      sum: { terms, weights },
      members: [...record.members],
    });
  }

  /** Begins a story with its first member. */
  begin(
    story: Pick<LiveStory, 'ref' | 'id' | 'language' | 'daily' | 'textLength'>,
    first: StoryMember,
    vector: Vector,
  ): LiveStory {
    const at = first.publishedAt;
    const keys = strongestTerms(vector, keyTerms);
    return this.seat({
      ...story,
      stored: false,
      firstAt: at,
      lastAt: at,
      sum: vector,
      keys,
      members: [first],
    });
  }

  private seat(story: Omit<LiveStory, 'seat' | 'length' | 'size' | 'changed' | 'mergedInto'>): LiveStory {
    const seated: LiveStory = {
      ref: story.ref,
      id: story.id,
      language: story.language,
      daily: story.daily,
      stored: story.stored,
      seat: this.all.length,
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
    this.all.push(seated);
    this.index(seated, seated.keys);
    for (const member of seated.members) this.remember(seated, member);
    return seated;
  }

  /** Adds what a member or another story says to what the story says. */
  grow(story: LiveStory, vector: Vector): void {
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

  /** Takes a story that went into another off the table. */
  clear(story: LiveStory, into: LiveStory): void {
    story.mergedInto = into;
    story.members = [];
    story.sum = EMPTY_VECTOR;
  }

  private index({ seat, sum, length }: LiveStory, terms: Int32Array): void {
    for (const term of terms) this.postings.add(term, seat, weightOf(sum, term) / length);
  }

  /** Remembers the text of an article, so that its copies find its story. */
  remember(story: LiveStory, member: StoryMember): void {
    this.texts.add(member.signature, { story, article: member.article });
  }

  /** Calls `visit` for each article whose text is nearly the same, with its story as it stands now. */
  eachCopy(signature: Uint16Array, visit: (story: LiveStory, article: ArticleRef, overlap: number) => void): void {
    this.texts.eachCopy(signature, ({ story, article }, overlap) => visit(standing(story), article, overlap));
  }

  /**
   * Calls `visit` for the stories in which `wanted` that have most in common with the vector, each with its cosine (0-1), as
   * they were laid on the table. `keys`: the terms to look them up by.
   */
  eachNear(
    vector: Vector,
    keys: Int32Array,
    wanted: (story: LiveStory) => boolean,
    visit: (story: LiveStory, cosine: number) => void,
  ): void {
    const { all } = this;
    const own = length(vector);
    for (const seat of this.postings.best(vector, keys, compared, (seat) => wanted(all[seat]!))) {
      const story = all[seat]!;
      visit(story, own === 0 || story.length === 0 ? 0 : dot(vector, story.sum) / own / story.length);
    }
  }
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((term, at) => term === b[at]);
}

/** Where a story went in merges; itself where it stands. */
export function standing(story: LiveStory): LiveStory {
  let last = story;
  while (last.mergedInto !== null) last = last.mergedInto;
  return last;
}

/** Loaded stories: oldest first, so that tables are laid alike everywhere. */
export function olderFirst(a: Pick<StoryRecord, 'firstAt' | 'id'>, b: Pick<StoryRecord, 'firstAt' | 'id'>): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}
