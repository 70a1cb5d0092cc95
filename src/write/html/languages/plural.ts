/** Chooses plural forms by the rules of CLDR for whole numbers, as tables of our own, since those of Intl may change with Node. */
import { fill, type LanguageLabels, type Plural, type PluralForm } from '../labels.js';

/** By primary language. */
const RULES: Readonly<Record<string, (n: number) => PluralForm>> = {
  ar: arabic,
  es: (n) => (n === 1 ? 'one' : isMillions(n) ? 'many' : 'other'),
  fr: (n) => (n <= 1 ? 'one' : isMillions(n) ? 'many' : 'other'),
  it: (n) => (n === 1 ? 'one' : isMillions(n) ? 'many' : 'other'),
  ja: () => 'other',
  pl: (n) => (n === 1 ? 'one' : isFew(n) ? 'few' : 'many'),
  pt: (n) => (n <= 1 ? 'one' : isMillions(n) ? 'many' : 'other'),
  ru: slavic,
  uk: slavic,
  zh: () => 'other',
};

/** As English. */
const USUAL = (n: number): PluralForm => (n === 1 ? 'one' : 'other');

export function pluralForm(language: string, n: number): PluralForm {
  return (RULES[language] ?? USUAL)(n);
}

/** `{n}` and other placeholders are filled in. */
export function countText(
  { language }: Pick<LanguageLabels, 'language'>,
  forms: Plural,
  n: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(forms[pluralForm(language, n)] ?? forms.other, { n, ...values });
}

/** 1, 21, 31; 2-4, 22-24; the rest. */
function slavic(n: number): PluralForm {
  return n % 10 === 1 && n % 100 !== 11 ? 'one' : isFew(n) ? 'few' : 'many';
}

function isFew(n: number): boolean {
  return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
}

function arabic(n: number): PluralForm {
  if (n <= 2) return (['zero', 'one', 'two'] as const)[n]!;
  const rest = n % 100;
  return rest >= 3 && rest <= 10 ? 'few' : rest >= 11 ? 'many' : 'other';
}

function isMillions(n: number): boolean {
  return n !== 0 && n % 1_000_000 === 0;
}
