/** What commands answered about articles, in the store. */
import type { ArticleRef } from '../../model/article.js';
import type { MachineAnswer, MachineMade } from '../../model/machine.js';

/** A question to a command. */
export interface StoredAnswer {
  readonly ref: ArticleRef;
  /** Digest of the command and of what it was given. */
  readonly key: string;
  /** null: it waits for one. */
  readonly answer: MachineAnswer | null;
  /** How often no answer came. */
  readonly tries: number;
  /** When to ask, where it waits. */
  readonly due: Date;
}

export interface EnrichmentStore {
  /** All that is known of these articles. */
  storedAnswers(refs: readonly ArticleRef[]): Promise<readonly StoredAnswer[]>;
  /** Adds or replaces these; of the articles in `of`, no other question waits any more. */
  saveAnswers(answers: readonly StoredAnswer[], of: readonly ArticleRef[]): Promise<void>;
  /** Articles of which a question is due: those that got no answer least often come first, then the newest. */
  waitingForAnswers(now: Date): Promise<readonly ArticleRef[]>;
  /** Articles that have something of a machine, ascending. */
  enrichedArticles(): Promise<readonly ArticleRef[]>;
  /** Replaces what machines made of articles, and marks the documents that show them where it is something else. */
  saveMachineMade(
    made: readonly { readonly ref: ArticleRef; readonly machine: readonly MachineMade[] }[],
  ): Promise<void>;
}
