/** Selects the stored stories to read for new articles, by their terms alone. */
import type { StoryRef, TermHit } from '../model/story.js';
import { Postings } from './postings.js';
import type { Vector } from './terms/vector.js';

/** More than are compared, because some are too far apart in time. */
export const candidatesPerArticle = 32;

/** The stories that share most with each vector, without duplicates. */
export function selectCandidates(vectors: Iterable<Vector>, hits: readonly TermHit[]): StoryRef[] {
  const found = new CandidateTable(hits);
  for (const vector of vectors) found.select(vector);
  return found.listSelected();
}

/** Stories by term, and those already selected. Most articles find only selected stories and need no ranking. */
class CandidateTable {
  /** By number, from 0, as in `#postings`. */
  readonly #stories: readonly StoryRef[];
  readonly #postings = new Postings();
  readonly #selected = new Set<number>();
  /** Numbers of the stories with a term, and how many of them, from the first, are already selected. */
  readonly #byTerm = new Map<number, { readonly numbers: number[]; chosen: number }>();

  constructor(hits: readonly TermHit[]) {
    this.#stories = [...new Set(hits.map(({ story }) => story))].sort((a, b) => a - b);
    const numberOf = new Map(this.#stories.map((story, number) => [story, number]));
    for (const { term, story, weight } of hits) {
      const number = numberOf.get(story)!;
      this.#postings.add(term, number, weight);
      const list = this.#byTerm.get(term);
      if (list === undefined) this.#byTerm.set(term, { numbers: [number], chosen: 0 });
      else list.numbers.push(number);
    }
  }

  select(vector: Vector): void {
    if (!this.#hasUnselected(vector)) return;
    for (const number of this.#postings.best(vector, vector.terms, candidatesPerArticle, all))
      this.#selected.add(number);
  }

  listSelected(): StoryRef[] {
    return [...this.#selected].map((number) => this.#stories[number]!);
  }

  /** Whether the vector shares a term with a story that is not selected yet. */
  #hasUnselected({ terms }: Vector): boolean {
    for (const term of terms) {
      const list = this.#byTerm.get(term);
      if (list === undefined) continue;
      while (list.chosen < list.numbers.length && this.#selected.has(list.numbers[list.chosen]!)) list.chosen += 1;
      if (list.chosen < list.numbers.length) return true;
    }
    return false;
  }
}

const all = () => true;
