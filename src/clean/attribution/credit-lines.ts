/** The phrases by which articles credit a publication, and words of publications' names. */
import { loadTable } from '../../data/load.js';

/**
 * `named`: the phrase is used of publications only. `known`: it is used of people too, so a link to a site of that name, the
 * table of outlets or a word such as "Times" must say that it is one. `loose`: it is used of anything. `editor`: the editor's own
 * phrase, trusted.
 */
export interface CreditLine {
  readonly line: string;
  readonly trust: 'named' | 'known' | 'loose' | 'editor';
}

const PHRASES = loadTable<Readonly<Record<'named' | 'known' | 'loose', readonly string[]>>>('credit-lines');

/** The first row that matches counts; `{publication}` is the name. Phrases match in any letter case. */
export const CREDIT_LINES: readonly CreditLine[] = (['named', 'known', 'loose'] as const).flatMap((trust) =>
  PHRASES[trust].map((line) => ({ line, trust })),
);

/** Words that occur in names of publications only. */
export const PAPER_WORDS: ReadonlySet<string> = new Set(loadTable<readonly string[]>('paper-words'));
