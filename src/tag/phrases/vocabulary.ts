/** Collects the distinct phrases of all topics, each with its uses, for the matcher. */

import type { CompleteTopic } from '../places/place.js';
import { type Phrase, readPhrase } from './phrase.js';

/** The role of a phrase in a topic. `near`: it is `member` of a `group` of `size` phrases. */
export type Use =
  | { readonly topic: number; readonly role: 'any' | 'all' | 'none' }
  | {
      readonly topic: number;
      readonly role: 'near';
      readonly group: number;
      readonly member: number;
      readonly size: number;
    };

export interface Vocabulary {
  readonly phrases: readonly Phrase[];
  /** By phrase index. */
  readonly uses: readonly (readonly Use[])[];
}

/** Phrases that are parsed alike are one phrase with several uses: order and repetition in the config make no difference. */
export function vocabulary(topics: readonly CompleteTopic[]): Vocabulary {
  const known = new Map<string, { phrase: Phrase; uses: Use[] }>();
  const add = (key: string, use: Use, read: () => Phrase) => {
    const entry = known.get(key) ?? { phrase: read(), uses: [] };
    known.set(key, entry);
    entry.uses.push(use);
  };
  topics.forEach((config, topic) => {
    for (const role of ['any', 'all', 'none'] as const) {
      for (const written of new Set(config[role])) add(written, { topic, role }, () => readPhrase(written));
    }
    config.near?.forEach((group, number) => {
      group.forEach((written, member) => {
        add(written, { topic, role: 'near', group: number, member, size: group.length }, () => readPhrase(written));
      });
    });
    for (const { phrase, language, letterCase } of config.names) {
      const read = () => readName(phrase, language, letterCase);
      add(`${language} ${letterCase} ${phrase}`, { topic, role: 'any' }, read);
    }
  });
  return {
    phrases: [...known.values()].map(({ phrase }) => phrase),
    uses: [...known.values()].map(({ uses }) => uses),
  };
}

// US and УНР keep their case; a name of several words is unambiguous in any case.
function readName(written: string, language: string, letterCase: 'any' | 'name'): Phrase {
  const phrase = readPhrase(written);
  return { ...phrase, language, case: phrase.case === 'any' && phrase.words.length === 1 ? letterCase : phrase.case };
}
