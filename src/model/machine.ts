/** The output of the editor's commands: translations, summaries, topics. */
import type { Question } from './question.js';

/** Fields of an article that a command can receive. */
export const ENRICH_FIELDS = ['title', 'summary', 'content', 'url', 'publication'] as const;

export const ENRICH_KINDS = ['translation', 'summary', 'topics'] as const;
export type EnrichKind = (typeof ENRICH_KINDS)[number];

/** A command as configured (`enrich`). */
export interface EnrichCommand {
  /** Unique in a site; shown to readers. */
  readonly name: string;
  /** The program (an absolute path, or a name to find in PATH) and its arguments. */
  readonly run: readonly string[];
  readonly of: readonly (typeof ENRICH_FIELDS)[number][];
  /** null: all articles. */
  readonly when: Question | null;
  readonly as: EnrichKind;
  /** The language of its output, BCP 47; null: the article's. */
  readonly language: string | null;
  /** `instead`: replaces the publisher's text. */
  readonly show: 'beside' | 'instead';
  /** Its variables, in addition to the few that every command receives. Never printed, not part of any digest. */
  readonly env: Readonly<Record<string, string>>;
  /** Limit of one run with all its articles. */
  readonly timeoutMs: number;
  /** Maximum number of articles per run. */
  readonly atMost: number;
}

/** The sanitised output of a command. */
export interface MachineAnswer {
  /** Language of the texts, BCP 47; null: unknown. */
  readonly language: string | null;
  readonly title: string | null;
  /** Plain text, at most 500 characters. */
  readonly summary: string | null;
  /** Sanitised. */
  readonly contentHtml: string | null;
  readonly topics: readonly string[];
}

/** An output that belongs to an article. */
export interface MachineMade extends MachineAnswer {
  readonly as: EnrichKind;
  readonly by: string;
  /** Digest of the command and its input. */
  readonly of: string;
  /** Replaces the publisher's text; missing: shown next to it. */
  readonly instead?: true;
}

export function listGivenTopics(made: readonly MachineMade[] | undefined): { topicId: string; by: string }[] {
  return (made ?? []).flatMap(({ topics, by }) => topics.map((topicId) => ({ topicId, by })));
}
