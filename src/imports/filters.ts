/** Filters of other programs as rules of ours. Expressions are taken as they are: whether RE2 reads them is checked later. */
import type { ImportedConditions, ImportedRule } from './imported-site.js';

/** What the expression finds is dropped. */
export function blocking(expression: string, fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return { drop: conditionsOn(fields, expression) };
}

/** What the expression does not find is dropped. */
export function keepingOnly(expression: string, fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return { drop: { title: ANYTHING, unless: conditionsOn(fields, expression) } };
}

/** Every headline has a character. */
const ANYTHING = ['/./'];

function conditionsOn(fields: readonly (keyof ImportedConditions)[], expression: string): ImportedConditions {
  return Object.fromEntries(fields.map((field) => [field, [written(expression)]]));
}

function written(expression: string): string {
  const [, flagged] = /^\(\?i\)(.+)$/s.exec(expression) ?? [];
  return flagged === undefined ? `/${expression}/` : `/${flagged}/i`;
}
