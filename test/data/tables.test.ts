/** Checks the tables of `src/data/`: each has the shape that its reader expects, is sorted if order has no meaning, and repeats nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NEWS_AGENCIES, OUTLET_NAMES } from '../../src/clean/attribution/outlets.js';
import { hasTable, loadMap, loadTable } from '../../src/data/load.js';
import { lettersOnly } from '../../src/text/plain.js';

const folder = new URL('../../src/data/', import.meta.url);
const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const isSorted = (list: readonly string[]) => list.every((one, i) => i === 0 || inOrder(list[i - 1]!, one) < 0);

const word = z.string().regex(/^\S(?:.*\S)?$/u, 'is empty, or begins or ends with a space');
const host = z.string().regex(/^[a-z\d-]+(?:\.[a-z\d-]+)+$/, 'is not a host in lower case');
const language = z.string().regex(/^[a-z]{2,3}$/, 'is not a language');
const country = z.string().regex(/^[A-Z]{2}$/, 'is not a country');

const list = (item: z.ZodType<string>) =>
  z
    .array(item)
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'repeats an entry');
const sorted = (item: z.ZodType<string>) => list(item).refine(isSorted, 'is not sorted');
const sortedKeys = <T extends object>(schema: z.ZodType<T>) =>
  schema.refine((value) => isSorted(Object.keys(value)), 'has unsorted keys');
const byLanguage = z.record(language, list(word));
const byCountry = sortedKeys(z.record(country, byLanguage));
const fileTypes = sortedKeys(z.record(z.string().regex(/^[a-z\d]+$/), z.string().regex(/^[a-z]+\/[a-z\d.+-]+$/)));
const expression = word.refine((source) => new RegExp(source, 'u') !== null);
const elements = z.strictObject({ feed: z.record(word, list(word)), item: z.record(word, list(word)) });
const outlets = z
  .array(z.strictObject({ names: list(word), hosts: list(host) }))
  .refine(
    (all) => isSorted(all.map(({ names, hosts }) => [names[0]!.toLowerCase(), ...hosts].join('\n'))),
    'is not sorted',
  );

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'boilerplate-lines': list(expression),
  'credit-lines': z.strictObject(
    Object.fromEntries(
      ['named', 'known', 'said', 'loose'].map((trust) => [trust, list(word.regex(/\{publication\}/))]),
    ),
  ),
  encodings: sortedKeys(z.record(word, list(word))),
  'feed-elements': z.strictObject({ rss: elements, atom: elements, classes: z.record(word, list(word)) }),
  'file-types': z.strictObject({ images: fileTypes, media: fileTypes, transcripts: fileTypes }),
  'folder-names': sorted(word),
  'function-words': sortedKeys(byLanguage),
  'headline-words': sortedKeys(z.record(word, z.record(language, word.regex(/^\S+(?: \S+)*$/)))),
  'language-codes': sortedKeys(z.record(language, language)),
  'language-names': sortedKeys(z.record(language, word)),
  'media-topics': sortedKeys(
    z.record(
      z.string().regex(/^medtop:\d{8}$/),
      z.strictObject({ label: z.record(language, word), phrases: byLanguage, categories: list(word) }),
    ),
  ),
  months: z.record(z.string(), z.string().regex(/^[^ ]+(?: [^ ]+){11}$/, 'does not have twelve names')),
  'name-words': z.strictObject({
    afterNames: sorted(word),
    nobody: sorted(word),
    sections: sorted(word),
    small: sorted(word),
  }),
  notices: z.strictObject({ endings: list(expression), lines: list(z.string()) }),
  outlets: z.strictObject({ publications: outlets, agencies: outlets, commonWords: sorted(word) }),
  'paper-words': sorted(word),
  'places/cities': byCountry,
  'places/demonyms': byCountry,
  'places/doubtful-names': sortedKeys(z.record(country, list(language))),
  'names-as-written': z.record(language, sorted(word)),
  'places/longer-names': byLanguage,
  'places/regions': z.record(
    z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
    z.strictObject({ names: byLanguage.and(z.object({ en: z.array(word) })), members: list(word) }),
  ),
  'places/short-names': byCountry,
  'picture-hosts': z.strictObject({ buttons: list(expression), counters: list(expression) }),
  platforms: z.strictObject({ aggregators: sorted(host), feedServices: sorted(host), tenantDomains: sorted(host) }),
  'read-on': list(word),
  redirectors: z.array(z.strictObject({ host, path: expression.optional(), target: list(word) })),
  scripts: z.record(z.string().regex(/^[A-Z][a-z]+$/), list(language)),
  stemmers: sortedKeys(z.record(language, word)),
  'time-zones': sortedKeys(z.record(z.string().regex(/^[a-z]+$/), z.number().min(-12).max(14))),
  tracking: z.strictObject({
    prefixes: sorted(word),
    names: sorted(word),
    namesOnHosts: sortedKeys(z.record(host, sorted(word))),
  }),
  'xml-namespaces': sortedKeys(z.record(z.url(), z.string().regex(/^[a-z]*$/))),
};

describe('tables', () => {
  it('all have a schema', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
    const names = files.filter((path) => /^(?!languages\/).*\.json$/.test(path)).map((path) => path.slice(0, -5));
    expect(names.sort(inOrder)).toEqual(Object.keys(SCHEMAS).sort(inOrder));
  });

  it.each(Object.entries(SCHEMAS))('%s fits its schema', (name, schema) => {
    expect(z.prettifyError(schema.safeParse(loadTable(name)).error ?? new z.ZodError([]))).toBe('');
  });

  it.each(Object.keys(SCHEMAS))('%s has each key once', (name) => {
    const text = readFileSync(new URL(`${name}.json`, folder), 'utf8');
    expect(text.replace(/\s/g, '')).toBe(JSON.stringify(loadTable(name)).replace(/\s/g, ''));
  });

  it('of regions only name existing countries and regions', () => {
    const regions = loadTable<Readonly<Record<string, { members: readonly string[] }>>>('places/regions');
    const members = Object.values(regions).flatMap((region) => region.members);
    expect(members.filter((member) => !/^[A-Z]{2}$/.test(member) && !Object.hasOwn(regions, member))).toEqual([]);
  });

  it('of outlets name common words only for outlets', () => {
    const { commonWords } = loadTable<{ commonWords: readonly string[] }>('outlets');
    expect(commonWords.filter((each) => lettersOnly(each) !== each || !OUTLET_NAMES.has(each))).toEqual([]);
    expect([...NEWS_AGENCIES].filter((each) => !OUTLET_NAMES.has(each))).toEqual([]);
  });
});

describe('loading', () => {
  it('finds only keys of the table', () => {
    expect(loadMap('language-names').get('uk')).toBe('Українська');
    expect(loadMap('language-names').get('constructor')).toBeUndefined();
  });

  it('reports which tables exist', () => {
    expect([hasTable('languages/en'), hasTable('languages/xx')]).toEqual([true, false]);
  });
});
