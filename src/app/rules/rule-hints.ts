/** What an editor may not mean by a rule that is correct. */
import { expressionIn, type Rule, type RulePlace } from '../../model/rule.js';
import type { Settings } from '../../model/settings.js';

export interface RuleHint {
  readonly at: RulePlace;
  readonly message: string;
}

const OF_WORDS = ['title', 'text', 'category', 'author'] as const;

/** Of the rules of all sources, then the common ones: phrases with a sign that no phrase looks at. */
export function ruleHints({ rules = [], sources }: Pick<Settings, 'rules' | 'sources'>): RuleHint[] {
  return [...sources.flatMap((source) => source.rules ?? []), ...rules].flatMap(hintsOf);
}

function hintsOf(rule: Rule): RuleHint[] {
  if (rule.action === 'retitle') return [];
  const groups = [...rule.when.groups, rule.when.unless];
  const phrases = groups.flatMap((group) => OF_WORDS.flatMap((field) => group[field] ?? []));
  const signed = [...new Set(phrases)].filter((phrase) => expressionIn(phrase) === null && /[:|]/.test(phrase));
  return signed.map((phrase) => ({ at: rule.at, message: hintOn(phrase) }));
}

function hintOn(phrase: string): string {
  const [sign = ''] = /[:|]/.exec(phrase) ?? [];
  const plain = phrase.replace(/\*$/, '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return `"${phrase}" is read as words, without "${sign}", wherever they stand; the expression "/^${plain}/i" is a beginning`;
}
