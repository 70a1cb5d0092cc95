/** Topics within topics: each with all that stand above it. */
import type { TopicConfig } from '../model/topic.js';

/** By topic: itself first, then its parent, and so on. */
export type Ancestry = ReadonlyMap<string, readonly string[]>;

/** Parents that do not exist end a line; a circle ends where it closes. */
export function ancestryOf(topics: readonly TopicConfig[]): Ancestry {
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
