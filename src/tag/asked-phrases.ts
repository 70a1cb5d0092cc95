/** Determines whether a topic, or one of its descendants, has a phrase. */
import type { TopicConfig } from '../model/topic.js';
import { buildAncestry } from './ancestry.js';
import { type CompleteTopic, completeTopic } from './complete-topic.js';
import { nameLanguages } from './place.js';

/** Whether a topic, or a descendant of it, has a phrase: in `any`, `all` or `near`, or ready-made. */
export type TopicPhraseCheck = (topicId: string, phrase: string) => boolean;

/** Ready-made phrases, which are many, are searched only if no phrase of the editor matches. */
export function createPhraseCheck(topics: readonly TopicConfig[]): TopicPhraseCheck {
  const complete = topics.map(completeTopic);
  const ancestry = buildAncestry(complete);
  const families = new Map<string, Family>(
    complete.map(({ id }) => [id, { written: new Set(), readyMade: null, members: [] }]),
  );
  for (const topic of complete) {
    const { id, any = [], hints = [], all = [], near = [] } = topic;
    for (const above of ancestry.get(id) ?? []) {
      const family = families.get(above);
      family?.members.push(topic);
      for (const phrase of [...any, ...hints, ...all, ...near.flat()]) family?.written.add(phrase);
    }
  }
  return (topicId, phrase) => {
    const family = families.get(topicId);
    if (!family || family.written.has(phrase)) return family !== undefined;
    family.readyMade ??= readyMadePhrases(family.members);
    return family.readyMade.has(phrase);
  };
}

interface Family {
  readonly written: Set<string>;
  readyMade: ReadonlySet<string> | null;
  /** The topic and its descendants. */
  readonly members: CompleteTopic[];
}

function readyMadePhrases(topics: readonly CompleteTopic[]): ReadonlySet<string> {
  const names = topics.flatMap(({ listNames: namesIn }) => nameLanguages.flatMap((language) => namesIn(language)));
  return new Set(names.map(({ phrase }) => phrase));
}
