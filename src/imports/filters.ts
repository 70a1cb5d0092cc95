/** Converts filters of other programs into rules. RE2 compatibility is checked later. */
import type { ImportedConditions, ImportedRule } from './imported-site.js';

/** Drops articles that match. */
export function createBlockRule(expression: string, fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return { drop: toConditions(fields, expression) };
}

/** Drops articles that do not match. */
export function createKeepRule(expression: string, fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return { drop: { title: ANYTHING, unless: toConditions(fields, expression) } };
}

/** Matches every headline. */
const ANYTHING = ['/./'];

function toConditions(fields: readonly (keyof ImportedConditions)[], expression: string): ImportedConditions {
  return Object.fromEntries(fields.map((field) => [field, [toPattern(expression)]]));
}

function toPattern(expression: string): string {
  const [, flagged] = /^\(\?i\)(.+)$/s.exec(expression) ?? [];
  return flagged === undefined ? `/${expression}/` : `/${flagged}/i`;
}
