/** Tags headlines, for tests that check only the topic ids. */
import type { TopicConfig } from '../../src/model/topic.js';
import { createTagger } from '../../src/tag/tag.js';

type TagHeadline = (title: string, language: string | null) => string[];

/** `(title, language) → topic ids`. */
export function tagHeadlines(topics: readonly TopicConfig[]): TagHeadline {
  return headlinesWith(createTagger(topics));
}

/** With a tagger that is used for more than headlines. */
export function headlinesWith(tagger: ReturnType<typeof createTagger>): TagHeadline {
  return (title, language) => tagger.tag({ title, language }).map(({ topicId }) => topicId);
}

/** Whether a headline has a topic of this one phrase. */
export function matches(phrase: string, title: string, language: string | null): boolean {
  return tagHeadlines([{ id: 'x', any: [phrase] }])(title, language).length > 0;
}
