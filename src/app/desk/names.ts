/** Names of topics and sources, for lists to choose from. */
import { topicLabel } from '../../compose/label.js';
import type { Settings } from '../../model/settings.js';

export interface NamedTopic {
  readonly id: string;
  readonly label: string;
}

export function listTopics({ topics, site }: Settings): NamedTopic[] {
  return topics.map((topic) => ({ id: topic.id, label: topicLabel(topic, site.language) }));
}

export function labelTopics(ids: readonly string[], settings: Settings): string[] {
  const labels = new Map(listTopics(settings).map(({ id, label }) => [id, label]));
  return ids.map((id) => labels.get(id) ?? id);
}

/** Sources by title; the id of one without a title in the config. */
export function listSourceNames({ sources }: Settings): { id: string; title: string }[] {
  const named = sources.map(({ id, title }) => ({ id, title: title ?? id }));
  return named.sort((a, b) => (a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1));
}
