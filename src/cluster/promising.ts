/** Which stored stories are worth reading for new articles, by what their terms alone tell. */
import type { StoryRef } from '../model/story.js';
import type { Vector } from './vector.js';

/** A story that has the term among its keys, with the term's share of what it says, 0-1. */
export interface Hit {
  readonly term: number;
  readonly story: StoryRef;
  readonly weight: number;
}

/** More than are compared, since some turn out to be too far away in time. */
const perArticle = 32;

/** For each vector the stories that share most with it; all together, each once. */
export function promisingStories(vectors: readonly Vector[], hits: readonly Hit[]): StoryRef[] {
  const byTerm = new Map<number, Hit[]>();
  for (const hit of hits) {
    const list = byTerm.get(hit.term);
    if (list) list.push(hit);
    else byTerm.set(hit.term, [hit]);
  }
  return [...new Set(vectors.flatMap((vector) => best(vector, byTerm)))];
}

function best({ terms, weights }: Vector, byTerm: ReadonlyMap<number, readonly Hit[]>): StoryRef[] {
  const scores = new Map<StoryRef, number>();
  terms.forEach((term, at) => {
    for (const { story, weight } of byTerm.get(term) ?? []) {
      scores.set(story, (scores.get(story) ?? 0) + weight * weights[at]!);
    }
  });
  return [...scores]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, perArticle)
    .map(([story]) => story);
}
