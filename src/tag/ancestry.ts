/** Finds all ancestors of each topic. */
import type { TopicConfig } from '../model/topic.js';

/** Topic → itself, its parent, and so on. */
export type Ancestry = ReadonlyMap<string, readonly string[]>;

/** Unknown parents are ignored; a cycle ends at its first repetition. */
export function buildAncestry(topics: readonly TopicConfig[]): Ancestry {
  const parents = new Map(topics.map(({ id, parent }) => [id, parent]));
  return new Map(
    topics.map(({ id }) => {
      const line = new Set<string>();
      for (let at: string | undefined = id; at !== undefined && parents.has(at) && !line.has(at); at = parents.get(at))
        line.add(at);
      return [id, [...line]];
    }),
  );
}
