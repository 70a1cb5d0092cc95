/** Holds the stories that may still grow, and finds those that share terms with an article. */
import type { ArticleRef } from '../model/article.js';
import type { PackedVector, StoryMember, StoryRecord, StoryRef } from '../model/story.js';
import { CopyTable } from './copy-table.js';
import { Postings } from './postings.js';
import { addProfiles, EMPTY_PROFILE, type Profile, profileOf } from './profile.js';
import type { Side } from './score.js';
import { unpackVector } from './terms/packed-vector.js';
import { length, strongestTerms, type Vector, weightOf } from './terms/vector.js';

export interface OpenStory extends Side {
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
  /** Sum of its vectors; null: that of its only one is made of it when it is asked for, since most stories have one article. */
  sum: Profile | null;
  length: number;
  keys: Int32Array;
  members: StoryMember[];
  /** Of its members without corrections, in their order. */
  vectors: PackedVector[];
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

export class OpenStories {
  readonly all: OpenStory[] = [];
  private readonly postings = new Postings();
  private readonly texts = new CopyTable<{ readonly story: OpenStory; readonly article: ArticleRef }>();

  /** Opens a stored story. Must be called in the order of `olderFirst`. */
  load(record: StoryRecord): OpenStory {
    const vectors = record.members.flatMap(({ vector }) => vector ?? []);
    const sum = vectors.length < 2 ? null : vectors.map(profileOfVector).reduce(addProfiles);
    const opened = this.open({ ...record, stored: true, sum, vectors, members: [...record.members] });
    opened.changed = record.keyWeights.length < record.keys.length; // an older newsloom stored it: to be stored again
    return opened;
  }

  /** Begins a story with its first member. */
  begin(
    story: Pick<OpenStory, 'ref' | 'id' | 'language' | 'daily' | 'textLength'>,
    first: StoryMember,
    vector: PackedVector,
  ): OpenStory {
    const at = first.publishedAt;
    const keys = strongestTerms(unpackVector(vector), keyTerms);
    return this.open({
      ...story,
      stored: false,
      firstAt: at,
      lastAt: at,
      sum: null,
      vectors: [vector],
      keys,
      members: [first],
    });
  }

  private open(story: OpeningStory): OpenStory {
    const opened = new Opened(story, this.all.length);
    this.all.push(opened);
    this.index(opened, opened.keys);
    for (const member of opened.members) this.remember(opened, member);
    return opened;
  }

  /** Adds the vectors of a member or a merged story. */
  grow(story: OpenStory, profile: Profile, vectors: readonly PackedVector[]): void {
    story.sum = addProfiles(story.profile, profile);
    story.vectors.push(...vectors);
    story.length = length(story.profile);
    story.changed = true;
    const keys = strongestTerms(story.profile, keyTerms);
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
    story.vectors = [];
    story.sum = null;
  }

  private index({ number, profile, length }: OpenStory, terms: Int32Array): void {
    for (const term of terms) this.postings.add(term, number, weightOf(profile, term) / length);
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
   * Calls `visit` for the stories most similar to the vector among those for which `wanted` is true, in the order in which they
   * were opened. `keys`: the terms to look up.
   */
  eachNear(
    vector: Vector,
    keys: Int32Array,
    wanted: (story: OpenStory) => boolean,
    visit: (story: OpenStory) => void,
  ): void {
    const { all } = this;
    for (const number of this.postings.best(vector, keys, compared, (number) => wanted(all[number]!))) {
      const story = all[number]!;
      visit(story);
    }
  }
}

type OpeningStory = Pick<
  OpenStory,
  | 'ref'
  | 'id'
  | 'language'
  | 'daily'
  | 'stored'
  | 'firstAt'
  | 'lastAt'
  | 'textLength'
  | 'sum'
  | 'keys'
  | 'members'
  | 'vectors'
>;

class Opened implements OpenStory {
  readonly ref: StoryRef;
  readonly id: string;
  readonly language: string;
  readonly daily: boolean;
  readonly stored: boolean;
  firstAt: number;
  lastAt: number;
  textLength: number;
  sum: Profile | null;
  length: number;
  keys: Int32Array;
  members: StoryMember[];
  vectors: PackedVector[];
  size: number;
  changed: boolean;
  mergedInto: OpenStory | null = null;

  constructor(
    story: OpeningStory,
    readonly number: number,
  ) {
    this.ref = story.ref;
    this.id = story.id;
    this.language = story.language;
    this.daily = story.daily;
    this.stored = story.stored;
    this.firstAt = story.firstAt;
    this.lastAt = story.lastAt;
    this.textLength = story.textLength;
    this.sum = story.sum;
    this.keys = story.keys;
    this.members = story.members;
    this.vectors = story.vectors;
    this.length = length(this.profile);
    this.size = story.members.filter(({ role }) => role === 'member').length;
    this.changed = !story.stored;
  }

  get profile(): Profile {
    const [only] = this.vectors;
    return this.sum ?? (only === undefined ? EMPTY_PROFILE : profileOfVector(only));
  }
}

function profileOfVector(vector: PackedVector): Profile {
  return profileOf(unpackVector(vector));
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
