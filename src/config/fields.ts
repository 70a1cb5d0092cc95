/** Fields that several parts of the config have. */
import type { z as Zod } from 'zod';
import { z } from '../model/zod.js';
import { LONGEST_ID } from '../text/url/source-id.js';
import { DURATION, parseDuration } from './quantities.js';
import { isHttpUrl, isLanguage, isPhrase, isPlainHttpUrl } from './values.js';

export const id = () =>
  z
    .string()
    .regex(/^[a-z0-9-]+$/, { error: 'an id has only a-z, 0-9 and "-"' })
    .max(LONGEST_ID, { error: `an id has at most ${LONGEST_ID} characters: it names files` });

export const filled = () => z.string().refine((value) => value.trim() !== '', { error: 'must not be empty' });

/** Text for readers, without the space around it. */
export const words = () => filled().trim();

export const phrase = () => z.string().refine(isPhrase, { error: 'an empty phrase: it has no letter and no digit' });

export const phrases = () => z.array(phrase());

export const writtenLanguage = () =>
  z.string().refine(isLanguage, { error: 'not a BCP 47 language tag, such as en or pt-BR' });

/** `UK-ua` → `uk-UA` */
export const language = () => writtenLanguage().transform(canonicalTag);

export function canonicalTag(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0] ?? tag;
}

export const httpUrl = () =>
  z.string().refine(isHttpUrl, { error: 'not an absolute http(s) URL' }).meta({ typeText: 'URL' });

/** An address to which a path can be appended. */
export const plainUrl = () =>
  z
    .string()
    .refine(isPlainHttpUrl, { error: 'not an absolute http(s) URL without "?" and "#"' })
    .meta({ typeText: 'URL' });

/** Ends in "/". */
export const folderUrl = () => plainUrl().transform((url) => new URL(url).href.replace(/\/?$/, '/'));

/** null where the key is missing. */
export function orNull<T extends Zod.ZodType>(schema: T) {
  return schema.optional().transform((value) => (value ?? null) as Zod.output<T> | null);
}

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** What `parse` makes of a text; where that is null, `error`. */
export function parsed<T>(parse: (text: string) => T | null, error: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value === null) context.addIssue(error);
    return value ?? z.NEVER;
  });
}

/** A hundred years: what is longer leads to no date. */
const LONGEST = '36500d';
/** The longest that a timer of Node can wait; one that is to wait longer does not wait at all. */
export const LONGEST_TIMER = '24d';

/** `30m` → milliseconds, not less than `least` and not more than `most`. */
export function duration(least: string, most = LONGEST) {
  const ms = (text: string) => parseDuration(text) ?? 0;
  const error = 'not a duration: write a number and ms, s, m, h, d or w, such as 30m';
  return z
    .string({ error })
    .regex(DURATION, { error })
    .transform(ms)
    .refine((value) => value >= ms(least), { error: `must be at least ${least}` })
    .refine((value) => value <= ms(most), { error: `must be at most ${most}` })
    .meta({ typeText: 'duration' });
}

export const minutes = (least: string) => duration(least).transform((ms) => ms / 60_000);
export const days = (least: string) => duration(least).transform((ms) => ms / 86_400_000);
