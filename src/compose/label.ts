/** Selects the name of a topic in the site's language. */
import type { Topic } from '../model/topic.js';

/** The label in `language`, else in its primary language, else in English, else the first by language code. */
export function topicLabel(topic: Pick<Topic, 'id' | 'label'>, language: string): string {
  const { label } = topic;
  if (typeof label === 'string') return label.trim() || topic.id;
  const base = language.split('-')[0] ?? language;
  const first = Object.keys(label).sort()[0] ?? '';
  return label[language] ?? label[base] ?? label.en ?? label[first] ?? topic.id;
}
