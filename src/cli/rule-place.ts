/** Formats the place of a rule and its effect on an article. */

import type { RuleHint } from '../app/rules/rule-hints.js';
import type { TriedArticle } from '../app/rules/try-rules.js';
import type { RulePlace } from '../model/rule.js';

/** `config/newsloom.yaml:12`; null: the rule was removed. */
export function rulePlaceLine(at: RulePlace | null): string {
  return at === null ? 'no longer in the config' : `${at.file}:${at.line}`;
}

export function rulingLine({ dropped, retitled }: TriedArticle['ruling']): string {
  if (dropped !== null) return `dropped by ${dropped.rule} (${rulePlaceLine(dropped.at)})`;
  return retitled === null ? 'shown' : `shown as "${retitled.title}" (${rulePlaceLine(retitled.at)})`;
}

export function hintLines(hints: readonly RuleHint[]): string[] {
  return hints.map(({ at, message }) => `${rulePlaceLine(at)}: ${message}`);
}
