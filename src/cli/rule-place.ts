/** Formats the place of a rule and its effect on an article. */

import type { TriedArticle } from '../app/rules/try-rules.js';
import type { RulePlace } from '../model/rule.js';

/** `config/newsloom.yaml:12`; null: the rule was removed. */
export function formatRulePlace(at: RulePlace | null): string {
  return at === null ? 'no longer in the config' : `${at.file}:${at.line}`;
}

export function formatRuling({ dropped, held, retitled }: TriedArticle['ruling']): string {
  if (dropped !== null) return `dropped by ${dropped.rule} (${formatRulePlace(dropped.at)})`;
  if (held !== null) return `held by ${held.rule} (${formatRulePlace(held.at)})`;
  return retitled === null ? 'shown' : `shown as "${retitled.title}" (${formatRulePlace(retitled.at)})`;
}
