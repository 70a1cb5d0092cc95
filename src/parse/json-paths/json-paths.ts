/** Reads any JSON document as a feed, by the paths that the editor names. */
import { ParseError } from '../../model/errors.js';
import type { Item, ParsedFeed, Text } from '../../model/item.js';
import { BLANK_FEED, BLANK_ITEM } from '../blank-feed.js';
import { parseDate } from '../dates/dates.js';
import { readJson } from '../json-feed/lenient-json.js';
import { cutAt, PARSE_LIMITS } from '../limits.js';
import { newCategory } from '../rss-atom/categories.js';
import { isWebAddress, resolveUrl } from '../urls.js';
import { collectWarnings, type Warnings } from '../warnings.js';
import { HOLE, isJsonTemplate, type JsonFields, pathsInTemplate } from './json-fields.js';
import { type JsonPath, parseJsonPath, valuesAt } from './json-path.js';

/**
 * Items are the values at `items`, their fields what stands at the other paths below each.
 * @throws {ParseError} PARSE_UNRECOGNIZED: no JSON; PARSE_MALFORMED: nothing stands at `items`.
 */
export function parseJsonByPaths(text: string, base: string | null, fields: JsonFields): ParsedFeed {
  const warnings = collectWarnings();
  const json = readJson(text);
  if (json.value === null || typeof json.value !== 'object')
    throw new ParseError('PARSE_UNRECOGNIZED', json.repaired ?? 'no JSON object or list', { details: { is: 'text' } });
  if (json.repaired !== null) warnings.add(json.repaired);
  const found = valuesAt(json.value, pathOf(fields.items), PARSE_LIMITS.items + 1);
  const records = found.length === 1 && Array.isArray(found[0]) ? found[0] : found;
  if (found.length === 0) throw new ParseError('PARSE_MALFORMED', `nothing stands at "items: ${fields.items}"`);
  if (records.length > PARSE_LIMITS.items) warnings.add(`only the first ${PARSE_LIMITS.items} items were kept`);
  const read = readerOf(fields, base, warnings);
  const items = records.slice(0, PARSE_LIMITS.items).flatMap((record) => read(record) ?? []);
  return { ...BLANK_FEED, format: 'json', items, warnings: warnings.list() };
}

/** The config is checked: what is no path is a template. */
function pathOf(text: string): JsonPath {
  return parseJsonPath(text) ?? [];
}

type ReadRecord = (record: unknown) => Item | null;

function readerOf(fields: JsonFields, base: string | null, warnings: Warnings): ReadRecord {
  const text = fieldReader(fields);
  const url = addressReader(fields.link, base);
  const image = addressReader(fields.image, base);
  const date = (value: string | undefined) => dateFrom(value, warnings);
  return (record) => {
    if (typeof record !== 'object' || record === null) {
      warnings.add('an item that is no object was left out');
      return null;
    }
    const one = (name: keyof JsonFields) => text(name, record)[0];
    const picture = image(record);
    return {
      ...BLANK_ITEM,
      guid: one('id') ?? null,
      url: url(record),
      title: htmlFrom(one('title'), PARSE_LIMITS.line, base),
      summary: htmlFrom(one('summary'), PARSE_LIMITS.html, base),
      content: htmlFrom(one('content'), PARSE_LIMITS.html, base),
      authors: text('author', record).map((name) => ({ name: cutAt(name, PARSE_LIMITS.line), email: null, url: null })),
      categories: text('categories', record).map((term) => newCategory(term, null, null)),
      images: picture === null ? [] : [{ url: picture, width: null, height: null, alt: null }],
      published: date(one('date')),
      updated: date(one('updated')),
    };
  };
}

/** The texts at a field's path, numbers as digits; a list at its end counts as its members. */
function fieldReader(fields: JsonFields): (name: keyof JsonFields, record: object) => string[] {
  const paths = new Map(Object.entries(fields).map(([name, path]) => [name, path === null ? null : pathOf(path)]));
  return (name, record) => {
    const path = paths.get(name);
    return path == null ? [] : textsAt(record, path);
  };
}

function textsAt(record: object, path: JsonPath): string[] {
  return valuesAt(record, path, PARSE_LIMITS.list)
    .flat()
    .slice(0, PARSE_LIMITS.list)
    .flatMap((value) => textFrom(value) ?? []);
}

function textFrom(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.toWellFormed().trim() : null;
}

function htmlFrom(value: string | undefined, most: number, base: string | null): Text | null {
  return value === undefined ? null : { type: 'html', value: cutAt(value, most), base };
}

function dateFrom(value: string | undefined, warnings: Warnings): string | null {
  const date = value === undefined ? null : parseDate(value);
  if (value !== undefined && date === null) warnings.add(`not a date: ${cutAt(value, 60)}`);
  return date;
}

/** A path to an address, or a template such as `https://x.example/news/{id}`, with paths in braces. */
function addressReader(written: string | null, base: string | null): (record: object) => string | null {
  if (written === null) return () => null;
  const read = isJsonTemplate(written)
    ? templateReader(written)
    : (record: object) => textsAt(record, pathOf(written))[0] ?? null;
  return (record) => {
    const text = read(record);
    const url = text === null ? null : resolveUrl(cutAt(text, PARSE_LIMITS.line), base);
    return url !== null && isWebAddress(url) ? url : null;
  };
}

/** null where one of its values is missing. What is filled in stays within the path: only "/" keeps its meaning. */
function templateReader(template: string): (record: object) => string | null {
  const paths = new Map(pathsInTemplate(template).map((path) => [path, pathOf(path)]));
  return (record) => {
    const values = new Map([...paths].map(([written, path]) => [written, textsAt(record, path)[0]]));
    if ([...values.values()].includes(undefined)) return null;
    return template.replace(HOLE, (_, path: string) => encodeURIComponent(values.get(path)!).replaceAll('%2F', '/'));
  };
}
