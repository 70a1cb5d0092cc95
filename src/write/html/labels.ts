/** Declares the types of page labels. The texts are in `data/languages/`; docs/pages.md explains each. */
import type english from '../../data/languages/en.json';
import type { TimeZone } from '../../model/page.js';

/** A text for each plural form of its language (CLDR). `other` is used if a form has no text. */
export type Plural = Readonly<Partial<Record<PluralForm, string>>> & { readonly other: string };
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The labels and the time zone of one section. */
export interface Labels extends LanguageLabels {
  readonly zone: TimeZone;
}

/** The rules of plural forms, in the syntax of CLDR. The first match applies, else `other`. */
export type PluralRules = Readonly<Partial<Record<PluralForm, string>>>;

/** The texts of a language's file in `data/languages/`, typed by those in English. */
export type LabelTexts = Readonly<Omit<typeof english.labels, 'articleCount'>> & { readonly articleCount: Plural };

export interface LanguageLabels extends LabelTexts {
  /** BCP 47. */
  readonly language: string;
  readonly plural: PluralRules;
}

/** `fill('part {n}', { n: 2 })`. Keeps unknown placeholders; does not search inserted values for placeholders. */
export function fill(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
