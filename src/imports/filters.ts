/** Converts filters of other programs into rules. RE2 compatibility is checked later. */
import type { ImportedConditions, ImportedRule } from './imported-site.js';

/** Drops articles that match. */
export function blocking(expression: string, fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return { drop: conditionsOn(fields, expression) };
}

/** Drops articles that do not match. */
export function keepingOnly(expression: string, fields: readonly (keyof ImportedConditions)[]): ImportedRule {
  return { drop: { title: ANYTHING, unless: conditionsOn(fields, expression) } };
}

/** Matches every headline. */
const ANYTHING = ['/./'];

function conditionsOn(fields: readonly (keyof ImportedConditions)[], expression: string): ImportedConditions {
  return Object.fromEntries(fields.map((field) => [field, [written(expression)]]));
}

function written(expression: string): string {
  const [, flagged] = /^\(\?i\)(.+)$/s.exec(expression) ?? [];
  return flagged === undefined ? `/${expression}/` : `/${flagged}/i`;
}
