/** Checks the words of pages: each file of `src/data/languages/` has the labels, placeholders and plural forms that pages need. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadLabels } from '../../src/write/html/page-labels.js';
import { pluralForm } from '../../src/write/html/plural.js';

const folder = new URL('../../src/data/languages/', import.meta.url);
const codes = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
const read = (code: string) => JSON.parse(readFileSync(new URL(`${code}.json`, folder), 'utf8'));
const english = read('en').labels as Readonly<Record<string, unknown>>;

const text = z.string().trim().min(1);
const rule = z.string().regex(/^n(?: % \d+)? !?= [\d.,]+(?: (?:and|or) n(?: % \d+)? !?= [\d.,]+)*$/);
const form = z.enum(['zero', 'one', 'two', 'few', 'many']);

/** The shape of a label in English: a text, months, states or a count. */
function createShape(value: unknown): z.ZodType {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return z.array(text).length(value.length);
  if (Object.hasOwn(value as object, 'other')) return z.partialRecord(form.or(z.literal('other')), text);
  return z.strictObject(Object.fromEntries(Object.keys(value as object).map((key) => [key, text])));
}

const schema = z.strictObject({
  plural: z.partialRecord(form, rule),
  labels: z.strictObject(
    Object.fromEntries(Object.entries(english).map(([name, value]) => [name, createShape(value)])),
  ),
});

const placeholders = (value: unknown) => [...new Set(JSON.stringify(value).match(/\{\w+\}/g))].sort();

/** Labels that may read as in English: numbers, names, and words that several languages share. */
const SHARED =
  /^(?:home|moment|time|date|dayOfYear|audio|video|table|archive.*|publication.*|readOriginal|sourceFeed)$/;

describe('page labels', () => {
  it.each(codes)('are complete in %s', (code) => {
    expect(z.prettifyError(schema.safeParse(read(code)).error ?? new z.ZodError([]))).toBe('');
    expect(loadLabels(code)).toMatchObject({ language: code, ...read(code).labels });
  });

  it.each(codes)('have the same placeholders in %s as in English', (code) => {
    for (const [name, value] of Object.entries(read(code).labels))
      expect([name, placeholders(value)]).toEqual([name, placeholders(english[name])]);
  });

  it.each(codes)('have twelve different months in %s', (code) => {
    expect(new Set(read(code).labels.months).size).toBe(12);
  });

  it.each(codes.filter((code) => code !== 'en'))('are translated in %s', (code) => {
    const same = Object.entries(read(code).labels).filter(([name, value]) => value === english[name]);
    expect(same.map(([name]) => name).filter((name) => !SHARED.test(name))).toEqual([]);
  });

  it.each(codes)('count every number in %s as CLDR does', (code) => {
    const { plural, labels } = read(code);
    const forms = new Intl.PluralRules(code);
    for (const n of [...Array(130).keys(), 200, 201, 1000, 1001, 100_000, 999_999, 1_000_000, 2_000_000]) {
      expect([n, pluralForm(plural, n)]).toEqual([n, forms.select(n)]);
      expect(labels.articleCount).toHaveProperty(pluralForm(plural, n));
    }
  });
});
