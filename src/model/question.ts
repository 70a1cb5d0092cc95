/** Conditions that select the articles of a channel, as written in the config (docs/channels.md). */
import type { SourceId } from './source.js';

/** Phrases, with the syntax of topics. */
export interface TextQuestion {
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly near: readonly (readonly string[])[];
  readonly none: readonly string[];
}

/** One value of each list is enough; empty lists and null match everything. */
export interface Conditions {
  readonly topics: readonly string[];
  readonly sources: readonly SourceId[];
  /** Phrases. */
  readonly author: readonly string[];
  /** BCP 47: `pt` is also `pt-BR`. */
  readonly language: readonly string[];
  readonly media: readonly ('audio' | 'video')[];
  readonly text: TextQuestion | null;
}

/** Selects articles that match every condition and none of `not`. */
export interface Question extends Conditions {
  /** Minimum number of publications in the article's story; 0: any. */
  readonly stories: number;
  readonly not: Conditions;
}

/** A channel of `channels` or `languages`. */
export interface QuestionChannel {
  /** `channels/<id>` or `language/<tag>`. */
  readonly path: string;
  readonly question: Question;
}

const NO_TEXT_QUESTION: Conditions = { topics: [], sources: [], author: [], language: [], media: [], text: null };

/** The channels of `channels` and `languages`, in the order of the config. */
export function listQuestionChannels(settings: {
  readonly channels?: readonly { readonly id: string; readonly where: Question }[];
  readonly languages?: readonly string[];
}): readonly QuestionChannel[] {
  const { channels = [], languages = [] } = settings;
  return [
    ...channels.map(({ id, where }) => ({ path: `channels/${id}`, question: where })),
    ...languages.map((tag) => {
      return {
        path: `language/${tag}`,
        question: { ...NO_TEXT_QUESTION, language: [tag], stories: 0, not: NO_TEXT_QUESTION },
      };
    }),
  ];
}
