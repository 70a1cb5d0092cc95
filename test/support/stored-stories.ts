/** Builders of stories, for tests of stores. */
import { packVector } from '../../src/cluster/terms/packed-vector.js';
import type { StoryMember, StoryRecord } from '../../src/model/story.js';
import type { StoryChanges } from '../../src/ports/store/stories.js';
import { articleId, at } from './stored-articles.js';

const aVector = packVector({
  terms: Int32Array.of(-5, 1, 2),
  weights: Float32Array.of(0.25, 0.5, 0.75),
  rarities: Float32Array.of(1.5, 4, 7),
  titles: Uint16Array.of(0, 1, 1),
  pages: new Int32Array(0),
  pairs: Uint16Array.of(258),
});

/** Article number n, published n hours after midnight, as a member. */
export function aMember(n: number, given: Partial<StoryMember> = {}): StoryMember {
  return {
    article: n,
    id: articleId(n),
    sourceId: 'paper',
    language: 'en',
    cognates: null,
    publishedAt: at(n).getTime(),
    fullness: 100,
    signature: Uint16Array.of(n, 7, 65_535),
    vector: aVector,
    role: 'member',
    copyOf: null,
    ...given,
  };
}

/** A story with the id of its first member and the index terms 1 and 2. */
export function aStory(members: readonly StoryMember[], given: Partial<StoryRecord> = {}): StoryRecord {
  const ref = members[0]!.article;
  return {
    ref,
    id: `story-${ref}`,
    language: 'en',
    firstAt: members[0]!.publishedAt,
    lastAt: members.at(-1)!.publishedAt,
    textLength: 20,
    daily: false,
    keys: Int32Array.of(1, 2),
    keyWeights: Float32Array.of(0.5, 0.75),
    members,
    ...given,
  };
}

export function storyChanges(given: Partial<StoryChanges>): StoryChanges {
  return { stories: [], merged: [], terms: [], clusteredUpTo: 0, closedBefore: 0, ...given };
}
