/** Facts of a story that stores keep beside it. */
import type { StoryMember, StoryRecord } from '../model/story.js';

/** How many sources tell it: a correction is no telling. */
export function tellersOf(members: readonly StoryMember[]): number {
  return new Set(members.flatMap(({ role, sourceId }) => (role === 'member' ? [sourceId] : []))).size;
}

/** The share of a term in what the story says, 0-1. */
export function termWeight(story: StoryRecord, term: number): number {
  let squares = 0;
  for (const weight of story.weights) squares += weight * weight;
  const place = story.terms.indexOf(term);
  return place < 0 || squares === 0 ? 0 : story.weights[place]! / Math.sqrt(squares);
}
