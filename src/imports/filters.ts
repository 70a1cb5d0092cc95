/** Filters of other programs as rules of ours. Expressions are taken as they are: whether RE2 reads them is checked later. */
import type { ImportedConditions, ImportedRule } from './imported-site.js';

/** What the expression finds is dropped. */
export function blocking(expression: string, fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return { drop: conditionsOn(fields, [written(expression)]) };
}

/** What the expression does not find is dropped. */
export function keepingOnly(expression: string, fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return keepingOnlyThose(conditionsOn(fields, [written(expression)]));
}

export function blockingWords(words: readonly string[], fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return { drop: conditionsOn(fields, words) };
}

export function keepingOnlyWords(
  words: readonly string[],
  fields: readonly (keyof ImportedConditions)[],
): ImportedRule {
  return keepingOnlyThose(conditionsOn(fields, words));
}

/** Every headline has a character. */
const ANYTHING = ['/./'];

function keepingOnlyThose(unless: ImportedConditions): ImportedRule {
  return { drop: { title: ANYTHING, unless } };
}

function conditionsOn(fields: readonly (keyof ImportedConditions)[], values: readonly string[]): ImportedConditions {
  return Object.fromEntries(fields.map((field) => [field, values]));
}

function written(expression: string): string {
  const [, flagged] = /^\(\?i\)(.+)$/s.exec(expression) ?? [];
  return flagged === undefined ? `/${expression}/` : `/${flagged}/i`;
}

/** `a, b` and one a line. */
export function listedWords(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}
