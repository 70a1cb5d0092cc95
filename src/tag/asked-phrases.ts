/** Lists the phrases of each topic, including those of its descendants. */
import type { TopicConfig } from '../model/topic.js';
import { ancestryOf } from './ancestry.js';

/** By topic: `any`, `all` and `near` phrases, as the editor wrote them. */
export function askedPhrases(topics: readonly TopicConfig[]): ReadonlyMap<string, ReadonlySet<string>> {
  const ancestry = ancestryOf(topics);
  const asked = new Map(topics.map(({ id }) => [id, new Set<string>()]));
  for (const { id, any = [], all = [], near = [] } of topics) {
    for (const above of ancestry.get(id) ?? []) {
      for (const phrase of [...any, ...all, ...near.flat()]) asked.get(above)?.add(phrase);
    }
  }
  return asked;
}
