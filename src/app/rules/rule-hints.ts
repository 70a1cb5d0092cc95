/** Finds valid rules that probably do not do what the editor intends. */
import { listConditionGroups, parseExpression, type Rule, type RulePlace } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';

export interface RuleHint {
  readonly at: RulePlace;
  readonly message: string;
}

const OF_WORDS = ['title', 'text', 'category', 'author'] as const;

/** Phrases with signs that are ignored: rules of sources first, then common ones. */
export function findRuleHints({ rules = [], sources }: Pick<Settings, 'rules' | 'sources'>): RuleHint[] {
  return [...sources.flatMap((source) => source.rules ?? []), ...rules].flatMap(checkRulePhrases);
}

function checkRulePhrases(rule: Rule): RuleHint[] {
  const phrases = listConditionGroups(rule).flatMap((group) => OF_WORDS.flatMap((field) => group[field] ?? []));
  const signed = [...new Set(phrases)].filter((phrase) => parseExpression(phrase) === null && /[:|]/.test(phrase));
  return signed.map((phrase) => ({ at: rule.at, message: describeHint(phrase) }));
}

function describeHint(phrase: string): string {
  const [sign = ''] = /[:|]/.exec(phrase) ?? [];
  const plain = phrase.replace(/\*$/, '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return `"${phrase}" matches these words anywhere and ignores "${sign}"; to match the beginning of a text, use the expression "/^${plain}/i"`;
}
