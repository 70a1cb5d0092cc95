/** Loads the phrases by which articles credit a publication, and the typical words of publication names. */
import { loadTable } from '../../data/load.js';

/**
 * - `named`: only used for publications.
 * - `known`: also used for people. Needs a link, a known outlet or a word such as "Times".
 * - `said`: also used for other organisations, so that a link is not enough.
 * - `loose`: used for anything.
 * - `editor`: configured by the editor, and trusted.
 */
export interface CreditLine {
  readonly line: string;
  readonly trust: 'named' | 'known' | 'said' | 'loose' | 'editor';
}

const PHRASES = loadTable<Readonly<Record<Exclude<CreditLine['trust'], 'editor'>, readonly string[]>>>('credit-lines');

/** The first match counts. `{publication}` is the name. Phrases match in any letter case. */
export const CREDIT_LINES: readonly CreditLine[] = (['named', 'known', 'said', 'loose'] as const).flatMap((trust) =>
  PHRASES[trust].map((line) => ({ line, trust })),
);

export const PAPER_WORDS: ReadonlySet<string> = new Set(loadTable<readonly string[]>('paper-words'));
