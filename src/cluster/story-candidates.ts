/** Selects the stored stories to read for new articles, by their terms alone. */
import type { StoryRef } from '../model/story.js';
import type { Vector } from './terms/vector.js';

/** A story with the term among its keys; `weight`: weight of the term in its vector scaled to length 1, 0-1. */
export interface Hit {
  readonly term: number;
  readonly story: StoryRef;
  readonly weight: number;
}

/** More than are compared, because some are too far apart in time. */
export const candidatesPerArticle = 32;

/** The stories that share most with each vector, without duplicates. */
export function selectCandidates(vectors: Iterable<Vector>, hits: readonly Hit[]): StoryRef[] {
  const found = new CandidateTable(hits);
  for (const vector of vectors) if (found.hasUnselected(vector)) found.select(rankStories(vector, found));
  return [...found.selected];
}

/** Stories by term, and those already selected. Most articles find only selected stories and need no ranking. */
class CandidateTable {
  readonly selected = new Set<StoryRef>();
  /** Hits of a term, and how many of them, from the first, are already selected. */
  readonly #byTerm = new Map<number, { readonly hits: Hit[]; chosen: number }>();

  constructor(hits: readonly Hit[]) {
    for (const hit of hits) {
      const list = this.#byTerm.get(hit.term);
      if (list === undefined) this.#byTerm.set(hit.term, { hits: [hit], chosen: 0 });
      else list.hits.push(hit);
    }
  }

  listHits(term: number): readonly Hit[] {
    return this.#byTerm.get(term)?.hits ?? none;
  }

  select(stories: readonly StoryRef[]): void {
    for (const story of stories) this.selected.add(story);
  }

  /** Whether the vector shares a term with a story that is not selected yet. */
  hasUnselected({ terms }: Vector): boolean {
    for (const term of terms) {
      const list = this.#byTerm.get(term);
      if (list === undefined) continue;
      while (list.chosen < list.hits.length && this.selected.has(list.hits[list.chosen]!.story)) list.chosen += 1;
      if (list.chosen < list.hits.length) return true;
    }
    return false;
  }
}

const none: readonly Hit[] = [];

function rankStories({ terms, weights }: Vector, found: CandidateTable): StoryRef[] {
  const scores = new Map<StoryRef, number>();
  terms.forEach((term, at) => {
    for (const { story, weight } of found.listHits(term)) {
      scores.set(story, (scores.get(story) ?? 0) + weight * weights[at]!);
    }
  });
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, candidatesPerArticle)
    .map(([story]) => story);
}
