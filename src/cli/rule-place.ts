/** How the place of a rule is told. */
import type { RulePlace } from '../model/editing/rule.js';

/** `config/newsloom.yaml:12`; null: the rule is gone. */
export function rulePlaceLine(at: RulePlace | null): string {
  return at === null ? 'no longer in the config' : `${at.file}:${at.line}`;
}
