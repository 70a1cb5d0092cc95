/** Tags headlines, for tests that check only the topic ids. */
import { createTagger } from '../../src/tag/tag.js';

/** `(title, language) → topic ids`. */
export function tagHeadlines(
  tagger: ReturnType<typeof createTagger>,
): (title: string, language: string | null) => string[] {
  return (title, language) => tagger.tag({ title, language }).map(({ topicId }) => topicId);
}

/** Whether a headline has a topic of this one phrase. */
export function matches(phrase: string, title: string, language: string | null): boolean {
  return tagHeadlines(createTagger([{ id: 'x', any: [phrase] }]))(title, language).length > 0;
}
