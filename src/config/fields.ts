/** Schema fields that several parts of the config share. */
import type { z as Zod } from 'zod';
import { z } from '../model/zod.js';
import { LONGEST_ID } from '../text/url/source-id.js';
import { DURATION, parseDuration } from './quantities.js';
import { isDay, isHttpUrl, isLanguage, isPhrase, isPlainHttpUrl } from './values.js';

export const id = () =>
  z
    .string()
    .regex(/^[a-z0-9-]+$/, { error: 'an id may contain only a-z, 0-9 and "-"' })
    .max(LONGEST_ID, { error: `an id may have at most ${LONGEST_ID} characters, because it is part of file names` });

export const filled = () => z.string().refine((value) => value.trim() !== '', { error: 'must not be empty' });

export const words = () => filled().trim();

export const phrase = () => z.string().refine(isPhrase, { error: 'empty phrase: it needs a letter or a digit' });

export const phrases = () => z.array(phrase());

export const writtenLanguage = () =>
  z.string().refine(isLanguage, { error: 'not a BCP 47 language tag such as en or pt-BR' });

/** `UK-ua` → `uk-UA` */
export const language = () => writtenLanguage().transform(canonicalTag);

export function canonicalTag(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0] ?? tag;
}

export const httpUrl = () =>
  z.string().refine(isHttpUrl, { error: 'not an absolute http(s) URL' }).meta({ typeText: 'URL' });

export const plainUrl = () =>
  z
    .string()
    .refine(isPlainHttpUrl, { error: 'not an absolute http(s) URL without "?" and "#"' })
    .meta({ typeText: 'URL' });

export const folderUrl = () => plainUrl().transform((url) => new URL(url).href.replace(/\/?$/, '/'));

/** A key that may be missing. `otherwise`: its default, for the docs. */
export function optional<T extends Zod.ZodType>(schema: T, otherwise: string, description: string) {
  return schema.optional().meta({ description, defaultText: otherwise });
}

/** null if the key is missing. */
export function orNull<T extends Zod.ZodType>(schema: T) {
  return schema.optional().transform((value) => (value ?? null) as Zod.output<T> | null);
}

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/** Transforms text with `parse`; null becomes `error`. */
export function transformText<T>(parse: (text: string) => T | null, error: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value === null) context.addIssue(error);
    return value ?? z.NEVER;
  });
}

/** 100 years: longer durations exceed the range of dates. */
const LONGEST = '36500d';
/** The maximum delay of a Node timer. Longer delays fire at once. */
export const LONGEST_TIMER = '24d';

/** `30m` → milliseconds between `least` and `most`. */
export function duration(least: string, most = LONGEST) {
  const ms = (text: string) => parseDuration(text) ?? 0;
  const error = 'not a duration: write a number followed by ms, s, m, h, d or w, such as 30m';
  return z
    .string({ error })
    .regex(DURATION, { error })
    .transform(ms)
    .refine((value) => value >= ms(least), { error: `must be at least ${least}` })
    .refine((value) => value <= ms(most), { error: `must be at most ${most}` })
    .meta({ typeText: 'duration' });
}

/** A calendar day, such as 2026-12-24. */
export const day = () =>
  z
    .string()
    .refine(isDay, { error: 'not a day: write year, month and day, such as 2026-12-24' })
    .meta({ typeText: 'day' });

export const minutes = (least: string) => duration(least).transform((ms) => ms / 60_000);
export const days = (least: string) => duration(least).transform((ms) => ms / 86_400_000);
