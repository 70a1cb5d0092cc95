/** What commands of the editor make of articles: translations, summaries, topics. */
import type { Question } from './question.js';

/** What a command may be given of an article. */
export const ENRICH_FIELDS = ['title', 'summary', 'content', 'url', 'publication'] as const;
type EnrichField = (typeof ENRICH_FIELDS)[number];

export const ENRICH_KINDS = ['translation', 'summary', 'topics'] as const;
export type EnrichKind = (typeof ENRICH_KINDS)[number];

/** A command as configured (`enrich`). */
export interface EnrichCommand {
  /** Unique in a site; readers see it. */
  readonly name: string;
  /** The program, an absolute path or a name that is looked for in PATH, and its arguments. */
  readonly run: readonly string[];
  readonly of: readonly EnrichField[];
  /** null: all articles. */
  readonly when: Question | null;
  readonly as: EnrichKind;
  /** In which it answers, BCP 47; null: in that of the article. */
  readonly language: string | null;
  /** `instead`: readers see it in place of the publisher's words. */
  readonly show: 'beside' | 'instead';
  /** What it gets beside the few variables that every command gets. Never printed, and not in any digest. */
  readonly env: Readonly<Record<string, string>>;
  /** For one run, with all its articles. */
  readonly timeoutMs: number;
  /** Articles in one run. */
  readonly atMost: number;
}

/** What a command answered, cleaned. */
export interface MachineAnswer {
  /** Of the texts, BCP 47; null: unknown. */
  readonly language: string | null;
  /** Plain text on one line. */
  readonly title: string | null;
  /** Plain text, at most 500 characters. */
  readonly summary: string | null;
  /** Sanitised. */
  readonly contentHtml: string | null;
  /** Ids of topics. */
  readonly topics: readonly string[];
}

/** An answer as it belongs to an article. */
export interface MachineMade extends MachineAnswer {
  readonly as: EnrichKind;
  /** The command's name. */
  readonly by: string;
  /** Digest of the command and of what it was given. */
  readonly of: string;
  /** Stands in place of the publisher's words; missing: beside them. */
  readonly instead?: true;
}

/** The topics that commands gave, each with the command's name. */
export function givenTopics(made: readonly MachineMade[] | undefined): { topicId: string; by: string }[] {
  return (made ?? []).flatMap(({ topics, by }) => topics.map((topicId) => ({ topicId, by })));
}
