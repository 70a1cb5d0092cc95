/** Maps publishers' categories to topics, as configured in `map`. */
import type { Category } from '../model/item.js';
import type { SourceId } from '../model/source.js';
import { type CategoryMap, EDITORS_TOPIC, type TopicConfig } from '../model/topic.js';

export interface MappedCategory {
  readonly topic: number;
  /** The matching term or label, as the publisher wrote it. */
  readonly category: string;
  /** Whether the section's editor set the topic. Then no other evidence can remove it. */
  readonly byEditor: boolean;
}

/** Finds the topics of categories, each once. Compares exactly, except letter case and surrounding white space. */
export function categoryIndex(
  topics: readonly TopicConfig[],
): (sources: readonly SourceId[], categories: readonly Category[]) => MappedCategory[] {
  const ids = new Map(topics.map(({ id }, topic) => [id, topic]));
  const rules = new Map<string, { topic: number; rule: CategoryMap }[]>();
  topics.forEach(({ map }, topic) => {
    for (const rule of map ?? []) {
      const key = fold(rule.category);
      rules.set(key, [...(rules.get(key) ?? []), { topic, rule }]);
    }
  });
  return (sources, categories) => {
    const found = new Map<number, MappedCategory>();
    for (const category of categories) {
      const named = category.scheme === EDITORS_TOPIC ? ids.get(category.term) : undefined;
      if (named !== undefined) found.set(named, { topic: named, category: category.term, byEditor: true });
      for (const name of [category.term, category.label]) {
        for (const { topic, rule } of rules.get(fold(name ?? '')) ?? []) {
          if (matchesMap(rule, sources, category) && !found.has(topic))
            found.set(topic, { topic, category: name!, byEditor: false });
        }
      }
    }
    return [...found.values()];
  };
}

function matchesMap(rule: CategoryMap, sources: readonly SourceId[], category: Category): boolean {
  if (rule.source !== undefined && !sources.includes(rule.source)) return false;
  return rule.scheme === undefined || rule.scheme === category.scheme;
}

function fold(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
