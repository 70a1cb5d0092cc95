/** Stores the stories that may still grow, and finds those that share terms with an article. */
import type { ArticleRef } from '../model/article.js';
import type { PackedVector, StoryMember, StoryRecord, StoryRef } from '../model/story.js';
import { Arena } from './arena.js';
import { CopyTable } from './copy-table.js';
import { compareAge } from './lead.js';
import { Postings } from './postings.js';
import { addProfiles, createProfile, EMPTY_PROFILE, type Profile } from './profile.js';
import type { Side } from './score.js';
import { unpackVector } from './terms/packed-vector.js';
import { findWeight, length, strongestTerms, type Vector } from './terms/vector.js';

export interface OpenStory extends Side {
  readonly ref: StoryRef;
  readonly id: string;
  readonly language: string;
  readonly daily: boolean;
  /** Whether it is in the store. Then it keeps its id in a merge with a new story. */
  readonly stored: boolean;
  readonly number: number;
  firstAt: number;
  lastAt: number;
  textLength: number;
  /** Sum of its vectors; null: computed on demand from the only vector, because most stories have one article. */
  sum: Profile | null;
  length: number;
  keys: Int32Array;
  members: StoryMember[];
  /** Vectors of its members without corrections, in their order. */
  vectors: PackedVector[];
  /** Number of members without corrections. */
  size: number;
  changed: boolean;
  /** The story that it was merged into; null: none. */
  mergedInto: OpenStory | null;
  /** A story with the same event, which keeps its id for both; null: none. Most are in other languages. */
  joinedTo: OpenStory | null;
}

const keyTerms = 12;
const comparedCandidates = 12;

const keyArena = new Arena();
const NO_KEYS = new Int32Array(0);

export class OpenStories {
  readonly all: OpenStory[] = [];
  private readonly postings = new Postings();
  private readonly texts = new CopyTable<{ readonly story: OpenStory; readonly article: ArticleRef }>();

  /** All events, each with its stories that were not merged into others. */
  listEvents(): ReadonlyMap<OpenStory, readonly OpenStory[]> {
    const events = new Map<OpenStory, OpenStory[]>();
    for (const story of this.all) {
      if (story.mergedInto !== null) continue;
      const whole = findWhole(story);
      const stories = events.get(whole);
      if (stories === undefined) events.set(whole, [story]);
      else stories.push(story);
    }
    return events;
  }

  /** Opens a stored story. Must be called in the order of `compareStoryAge`. */
  load(record: StoryRecord): OpenStory {
    const [whole, ...others] = splitByLanguage(record).map((part) => this.loadPart(part));
    for (const other of others) other.joinedTo = whole!;
    return whole!;
  }

  private loadPart(record: StoryRecord): OpenStory {
    const vectors = record.members.flatMap(({ vector }) => vector ?? []);
    const opened = new Opened(record, this.all.length, true, [...record.members], vectors);
    opened.firstAt = record.firstAt;
    opened.lastAt = record.lastAt;
    if (vectors.length > 1) opened.sum = vectors.map(unpackProfile).reduce(addProfiles);
    // stored by an older newsloom, so it must be stored again
    opened.changed = record.keyWeights.length < record.keys.length;
    return this.open(opened, record.keys);
  }

  begin(
    story: Pick<OpenStory, 'ref' | 'id' | 'language' | 'daily' | 'textLength'>,
    first: StoryMember,
    vector: PackedVector,
  ): OpenStory {
    const opened = new Opened(story, this.all.length, false, [first], [vector]);
    return this.open(opened, strongestTerms(unpackVector(vector), keyTerms));
  }

  private open(story: Opened, keys: Int32Array): OpenStory {
    const { profile } = story;
    story.length = length(profile);
    story.keys = keyArena.keep(keys);
    this.all.push(story);
    this.index(story, profile, keys);
    for (const member of story.members) this.remember(story, member);
    return story;
  }

  /** Adds the vectors of a member or a merged story. */
  grow(story: OpenStory, profile: Profile, vectors: readonly PackedVector[]): void {
    story.sum = addProfiles(story.profile, profile);
    story.vectors.push(...vectors);
    story.length = length(story.sum);
    story.changed = true;
    const keys = strongestTerms(story.sum, keyTerms);
    if (keys.length === story.keys.length && keys.every((term, at) => term === story.keys[at])) return;
    const fresh = keys.filter((term) => !story.keys.includes(term));
    if (fresh.length === 0) return; // the old keys are sufficient, and replacing long-lived arrays is expensive
    this.index(story, story.sum, fresh);
    story.keys = keyArena.keep(keys);
  }

  /** Closes a story that was merged into another. */
  clear(story: OpenStory, into: OpenStory): void {
    story.mergedInto = into;
    story.members = [];
    story.vectors = [];
    story.sum = null;
  }

  private index({ number, length }: OpenStory, profile: Profile, terms: Int32Array): void {
    for (const term of terms) this.postings.add(term, number, findWeight(profile, term) / length);
  }

  /** Indexes the text of a member, so that near-duplicates find its story. */
  remember(story: OpenStory, member: StoryMember): void {
    this.texts.add(member.signature, { story, article: member.article });
  }

  /** Calls `visit` for each near-duplicate with its current story. */
  eachCopy(signature: Uint16Array, visit: (story: OpenStory, article: ArticleRef, overlap: number) => void): void {
    this.texts.eachCopy(signature, ({ story, article }, overlap) => visit(resolveMerged(story), article, overlap));
  }

  /** Visits the most similar stories with `wanted` true, as they were opened. `keys`: the terms to look up. */
  eachNear(
    vector: Vector,
    keys: Int32Array,
    wanted: (story: OpenStory) => boolean,
    visit: (story: OpenStory) => void,
  ): void {
    const { all } = this;
    const numbers = this.postings.best(vector, keys, comparedCandidates, (number) => wanted(all[number]!));
    for (const number of numbers) visit(all[number]!);
  }
}

/** Creates few temporary objects, because thousands of stories are opened at once. */
class Opened implements OpenStory {
  readonly ref: StoryRef;
  readonly id: string;
  readonly language: string;
  readonly daily: boolean;
  readonly stored: boolean;
  readonly number: number;
  firstAt: number;
  lastAt: number;
  textLength: number;
  sum: Profile | null = null;
  length = 0;
  keys: Int32Array = NO_KEYS;
  members: StoryMember[];
  vectors: PackedVector[];
  size: number;
  changed: boolean;
  mergedInto: OpenStory | null = null;
  joinedTo: OpenStory | null = null;

  constructor(
    story: Pick<OpenStory, 'ref' | 'id' | 'language' | 'daily' | 'textLength'>,
    number: number,
    stored: boolean,
    members: StoryMember[],
    vectors: PackedVector[],
  ) {
    this.ref = story.ref;
    this.id = story.id;
    this.language = story.language;
    this.daily = story.daily;
    this.stored = stored;
    this.number = number;
    this.firstAt = members[0]?.publishedAt ?? 0;
    this.lastAt = this.firstAt;
    this.textLength = story.textLength;
    this.members = members;
    this.vectors = vectors;
    this.size = members.filter(({ role }) => role === 'member').length;
    this.changed = !stored;
  }

  get profile(): Profile {
    const [only] = this.vectors;
    return this.sum ?? (only === undefined ? EMPTY_PROFILE : unpackProfile(only));
  }
}

function unpackProfile(vector: PackedVector): Profile {
  return createProfile(unpackVector(vector));
}

/** The story that a story was merged into, or itself. */
export function resolveMerged(story: OpenStory): OpenStory {
  let last = story;
  while (last.mergedInto !== null) last = last.mergedInto;
  return last;
}

/** Whether `a` keeps its id: a stored story before a new one, then the earlier event. */
export function isOlder(a: OpenStory, b: OpenStory): boolean {
  if (a.stored !== b.stored) return a.stored;
  return a.firstAt - b.firstAt < 0 || (a.firstAt === b.firstAt && a.id < b.id);
}

/** Makes one event of both and all that were joined to them. The older one keeps its id. */
export function joinStories(a: OpenStory, b: OpenStory): void {
  const [one, other] = [findWhole(a), findWhole(b)];
  if (one === other) return;
  const [kept, gone] = isOlder(one, other) ? [one, other] : [other, one];
  gone.joinedTo = kept;
  a.changed = true;
  b.changed = true;
}

/** The articles of an event, oldest first; a correction directly after the corrected article. */
export function listMembers(parts: readonly OpenStory[]): readonly StoryMember[] {
  const [only, ...others] = parts;
  if (others.length === 0) return only!.members;
  return parts.flatMap(({ members }) => members).sort(compareAge);
}

/** The story that keeps its id for this one and all that were joined to it. */
export function findWhole(story: OpenStory): OpenStory {
  let whole = story;
  while (whole.joinedTo !== null) whole = whole.joinedTo;
  return whole;
}

/** The articles of each language are compared on their own. The story's own language comes first. */
function splitByLanguage(record: StoryRecord): StoryRecord[] {
  const reports = record.members.filter(({ role }) => role === 'member');
  const languages = new Set([record.language, ...reports.map(({ language }) => language)]);
  if (languages.size === 1) return [record];
  return [...languages].flatMap((language) => {
    const members = record.members.filter((one) => one.language === language);
    const dates = members.flatMap(({ role, publishedAt }) => (role === 'member' ? publishedAt : []));
    if (dates.length === 0) return [];
    const textLength = (record.textLength * dates.length) / reports.length;
    const sum = members.flatMap(({ vector }) => (vector === null ? [] : unpackProfile(vector))).reduce(addProfiles, EMPTY_PROFILE); // biome-ignore format: one chain
    const keys = record.keys.filter((term) => findWeight(sum, term) > 0);
    const [firstAt, lastAt] = [Math.min(...dates), Math.max(...dates)];
    return [{ ...record, language, members, textLength, keys, firstAt, lastAt }];
  });
}

/** Order for loading stories: oldest first, so that open stories always have the same order. */
export function compareStoryAge(
  a: Pick<StoryRecord, 'firstAt' | 'id'>,
  b: Pick<StoryRecord, 'firstAt' | 'id'>,
): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}
