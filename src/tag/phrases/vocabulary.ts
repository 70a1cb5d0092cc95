/** Collects the distinct phrases of all topics, each with its uses, for the matcher. */

import { loadMap } from '../../data/load.js';
import type { CompleteTopic } from '../complete-topic.js';
import { type Phrase, readPhrase } from './phrase.js';

/** `near`: `member` of a `group` of `size` phrases; `name`: ready-made; `longer`: names within it do not count. */
export type Use =
  | { readonly topic: number; readonly role: 'any' | 'all' | 'none' | 'name' }
  | { readonly role: 'longer' }
  | {
      readonly topic: number;
      readonly role: 'near';
      readonly group: number;
      readonly member: number;
      readonly size: number;
    };

export interface Vocabulary {
  readonly phrases: readonly Phrase[];
  readonly uses: readonly (readonly Use[])[];
}

/** Phrases with equal parses are one. Ready-made names apply to articles in `languages` (ISO 639-1) only. */
export function vocabulary(topics: readonly CompleteTopic[], languages: readonly string[]): Vocabulary {
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
    for (const { phrase, letterCase } of languages.flatMap((language) => config.listNames(language)))
      add(`${letterCase} ${phrase}`, { topic, role: 'name' }, () => readName(phrase, letterCase));
  });
  if (topics.some(({ hasNames }) => hasNames)) {
    const longer = loadMap<readonly string[]>('places/longer-names');
    for (const phrase of languages.flatMap((language) => longer.get(language) ?? []))
      add(`longer ${phrase}`, { role: 'longer' }, () => readPhrase(phrase));
  }
  return {
    phrases: [...known.values()].map(({ phrase }) => phrase),
    uses: [...known.values()].map(({ uses }) => uses),
  };
}

// US and УНР keep their case; a name of several words is unambiguous in any case.
function readName(written: string, letterCase: 'any' | 'name'): Phrase {
  const phrase = readPhrase(written);
  return { ...phrase, case: phrase.case === 'any' && phrase.words.length === 1 ? letterCase : phrase.case };
}
