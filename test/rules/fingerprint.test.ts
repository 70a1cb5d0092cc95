import { describe, expect, it } from 'vitest';
import type { Rule, RuleConditions, RuleFilter } from '../../src/model/rule.js';
import { rulesFingerprint } from '../../src/rules/fingerprint.js';

const filter = (when: RuleConditions): RuleFilter => ({ groups: [when], unless: {} });
const drop = (when: RuleConditions, line = 1): Rule => ({
  at: { file: 'a.yaml', line },
  action: 'drop',
  when: filter(when),
});
const keep = (when: RuleConditions): Rule => ({
  at: { file: 'a.yaml', line: 1 },
  action: 'keep',
  when: filter(when),
});
const cut = (value: string): Rule => ({ at: { file: 'a.yaml', line: 1 }, action: 'retitle', cut: [value] });

describe('the fingerprint', () => {
  const fingerprint = (...common: Rule[]) => rulesFingerprint({ common, bySource: new Map() });

  it('is null without rules', () => {
    expect(rulesFingerprint({ common: [], bySource: new Map([['paper', []]]) })).toBeNull();
  });

  it('does not change with line numbers', () => {
    expect(fingerprint(drop({ title: ['a'] }, 1))).toBe(fingerprint(drop({ title: ['a'] }, 9)));
  });

  it.each([
    ['a value', [drop({ title: ['b'] })]],
    ['a field', [drop({ text: ['a'] })]],
    ['an action', [keep({ title: ['a'] })]],
    ['an exception', [{ ...drop({}), when: { groups: [{ title: ['a'] }], unless: { title: ['b'] } } } as Rule]],
    ['another group', [{ ...drop({}), when: { groups: [{ title: ['a'] }, { url: ['b'] }], unless: {} } } as Rule]],
    ['another rule', [drop({ title: ['a'] }), cut('b')]],
  ])('changes with %s', (_, rules) => {
    expect(fingerprint(...rules)).not.toBe(fingerprint(drop({ title: ['a'] })));
  });

  it('changes with the source of a rule', () => {
    const rules = [drop({ title: ['a'] })];
    expect(rulesFingerprint({ common: [], bySource: new Map([['paper', rules]]) })).not.toBe(fingerprint(...rules));
  });
});
