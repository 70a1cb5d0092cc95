/** The types of the labels of pages, whose texts are in `data/languages/`; docs/pages.md says what each means. */
import type english from '../../data/languages/en.json';
import type { TimeZone } from '../../model/page.js';

/** A text for each plural form of its language (CLDR); `other` where there is no text for a form. */
export type Plural = Readonly<Partial<Record<PluralForm, string>>> & { readonly other: string };
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The labels of one section, and the time zone in which its pages tell times. */
export interface Labels extends LanguageLabels {
  readonly zone: TimeZone;
}

/** Which numbers take which plural form, in the syntax of CLDR; `other` takes the rest. The first rule that holds counts. */
export type PluralRules = Readonly<Partial<Record<PluralForm, string>>>;

/** The texts of a language's file in `data/languages/`, typed by those in English. */
export type LabelTexts = Readonly<Omit<typeof english.labels, 'articleCount'>> & { readonly articleCount: Plural };

export interface LanguageLabels extends LabelTexts {
  /** BCP 47. */
  readonly language: string;
  readonly plural: PluralRules;
}

/** `fill('part {n}', { n: 2 })`: unknown placeholders are kept, and inserted values are not searched for placeholders. */
export function fill(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
