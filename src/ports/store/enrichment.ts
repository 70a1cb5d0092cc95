/** Answers of enrichment commands in the store. */
import type { ArticleRef } from '../../model/article.js';
import type { MachineAnswer, MachineMade } from '../../model/machine.js';

/** An answer of a command, or a request for one. */
export interface StoredAnswer {
  readonly ref: ArticleRef;
  /** Digest of the command and its input. */
  readonly key: string;
  /** null: still waiting. */
  readonly answer: MachineAnswer | null;
  readonly tries: number;
  /** Time of the next attempt, if waiting. */
  readonly due: Date;
}

export interface EnrichmentStore {
  storedAnswers(refs: readonly ArticleRef[]): Promise<readonly StoredAnswer[]>;
  /** Adds or replaces answers; deletes all other waiting requests of the articles in `of`. */
  saveAnswers(answers: readonly StoredAnswer[], of: readonly ArticleRef[]): Promise<void>;
  /** Articles with a due request: fewest failed attempts first, then newest. */
  waitingForAnswers(now: Date): Promise<readonly ArticleRef[]>;
  enrichedArticles(): Promise<readonly ArticleRef[]>;
  /** Replaces the machine-made content of articles, and marks the documents that show it if it differs. */
  saveMachineMade(
    made: readonly { readonly ref: ArticleRef; readonly machine: readonly MachineMade[] }[],
  ): Promise<void>;
}
