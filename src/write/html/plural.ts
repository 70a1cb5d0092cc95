/** Selects plural forms by the rules in a language's file. It does not use Intl, which may change with Node. */
import { fill, type LanguageLabels, type Plural, type PluralForm, type PluralRules } from './labels.js';

export function pluralForm(rules: PluralRules, n: number): PluralForm {
  for (const [form, rule] of Object.entries(rules)) if (matchesRule(rule, n)) return form as PluralForm;
  return 'other';
}

/** Fills in `{n}` and other placeholders. */
export function countText(
  { plural }: Pick<LanguageLabels, 'plural'>,
  forms: Plural,
  n: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(forms[pluralForm(plural, n)] ?? forms.other, { n, ...values });
}

/** Evaluates a rule such as `n % 10 = 2..4 and n % 100 != 12..14` for whole numbers. */
function matchesRule(rule: string, n: number): boolean {
  return rule
    .split(' or ')
    .some((relations) => relations.split(' and ').every((relation) => isRelationTrue(relation, n)));
}

const PLURAL_RELATION = /^n(?: % (\d+))? (!?=) (\d+(?:\.\.\d+)?(?:,\d+(?:\.\.\d+)?)*)$/;

function isRelationTrue(relation: string, n: number): boolean {
  const [, modulus, sign, ranges = ''] = PLURAL_RELATION.exec(relation) ?? [];
  const value = modulus === undefined ? n : n % Number(modulus);
  const isWithin = ranges.split(',').some((range) => {
    const [from, to = from] = range.split('..').map(Number);
    return value >= from! && value <= to!;
  });
  return isWithin === (sign === '=');
}
