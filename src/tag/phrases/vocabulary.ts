/** Collects the distinct phrases of all topics, each with its uses, for the matcher. */

import { loadMap } from '../../data/load.js';
import type { CompleteTopic } from '../complete-topic.js';
import { type Phrase, readPhrase } from './phrase.js';

/** `near`: `member` of a `group` of `size` phrases; `name`: ready-made; `hint`: weak; `longer`: names within it do not count. */
export type Use =
  | { readonly topic: number; readonly role: 'any' | 'all' | 'none' | 'name' | 'hint' }
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
    for (const written of new Set(config.hints)) add(written, { topic, role: 'hint' }, () => readPhrase(written));
    for (const language of languages) {
      for (const { phrase, letterCase, isHint } of config.listNames(language)) {
        const role = isHint === true ? 'hint' : 'name';
        const read = readName(phrase, letterCase, language);
        add(`${letterCase} ${read.words[0]?.match} ${phrase}`, { topic, role }, () => read);
      }
    }
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
function readName(written: string, letterCase: 'any' | 'name', language: string): Phrase {
  const phrase = readPhrase(written);
  const [word, ...others] = phrase.words;
  if (word === undefined || others.length > 0) return phrase;
  const isAmbiguous = loadMap<readonly string[]>('names-as-written').get(language)?.includes(written);
  const words = isAmbiguous === true ? [{ ...word, match: 'exact' as const }] : phrase.words;
  return { ...phrase, words, case: phrase.case === 'any' ? letterCase : phrase.case };
}
