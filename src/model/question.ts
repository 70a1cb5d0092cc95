/** What the editor asks of articles: the question of a channel, as written in the config (docs/channels.md). */
import type { SourceId } from './source.js';

/** Phrases, read as those of topics are. */
export interface TextQuestion {
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly near: readonly (readonly string[])[];
  readonly none: readonly string[];
}

/** Of each list one is enough; an empty list, and null, ask for nothing. */
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

/** An article fulfils it where it fulfils every condition, and none of `not`. */
export interface Question extends Conditions {
  /** Publications that tell the article's story, at least; 0: any number. */
  readonly stories: number;
  readonly not: Conditions;
}

/** A channel of the editor's, or one of a language. */
export interface AskedChannel {
  /** `channels/<id>` or `language/<tag>`. */
  readonly path: string;
  readonly question: Question;
}

const NOTHING: Conditions = { topics: [], sources: [], author: [], language: [], media: [], text: null };

/** The channels that a site asks for, in the order of its config. */
export function askedChannels(settings: {
  readonly channels?: readonly { readonly id: string; readonly where: Question }[];
  readonly languages?: readonly string[];
}): readonly AskedChannel[] {
  const { channels = [], languages = [] } = settings;
  return [
    ...channels.map(({ id, where }) => ({ path: `channels/${id}`, question: where })),
    ...languages.map((tag) => {
      return { path: `language/${tag}`, question: { ...NOTHING, language: [tag], stories: 0, not: NOTHING } };
    }),
  ];
}
