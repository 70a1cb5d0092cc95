/** Reads any JSON document as a feed, by configured paths. */
import { ParseError } from '../../model/errors.js';
import type { Item, ParsedFeed, Text } from '../../model/item.js';
import { BLANK_FEED, BLANK_ITEM } from '../blank-feed.js';
import { parseDate } from '../dates/dates.js';
import { readJson } from '../json-feed/lenient-json.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { newCategory } from '../rss-atom/categories.js';
import { selectNewest } from '../rss-atom/newest.js';
import { isWebAddress, resolveUrl } from '../urls.js';
import { collectWarnings, type Warnings } from '../warnings.js';
import { type JsonField, type JsonFields, listTemplatePaths, PLACEHOLDER } from './json-fields.js';
import { type JsonPath, parseJsonPath, selectValues } from './json-path.js';

/** @throws {ParseError} PARSE_UNRECOGNIZED: not JSON. PARSE_MALFORMED: `items` finds nothing. */
export function parseJsonByPaths(text: string, base: string | null, fields: JsonFields): ParsedFeed {
  const warnings = collectWarnings();
  const json = readJson(text);
  if (json.value === null || typeof json.value !== 'object')
    throw new ParseError('PARSE_UNRECOGNIZED', json.repaired ?? 'not a JSON object or list', {
      details: { is: 'text' },
    });
  if (json.repaired !== null) warnings.add(json.repaired);
  const found = selectValues(json.value, parseValidPath(fields.items), MAX_RECORDS);
  const records = found.length === 1 && Array.isArray(found[0]) ? found[0] : found;
  if (found.length === 0) throw new ParseError('PARSE_MALFORMED', `nothing found at "items: ${fields.items}"`);
  const read = createItemReader(fields, base, warnings);
  const items = selectNewest(records, createDateReader(fields), warnings).flatMap((record) => read(record) ?? []);
  return { ...BLANK_FEED, format: 'json', items, warnings: warnings.list() };
}

/** Only the newest of these are kept. */
const MAX_RECORDS = 50_000;

function createDateReader(fields: JsonFields): (record: unknown) => string {
  const text = createFieldReader(fields);
  return (record) => (isObject(record) ? (parseDate(text('date', record)[0] ?? '') ?? '') : '');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The config has validated the path. */
function parseValidPath(text: string): JsonPath {
  return parseJsonPath(text) ?? [];
}

type ReadRecord = (record: unknown) => Item | null;

function createItemReader(fields: JsonFields, base: string | null, warnings: Warnings): ReadRecord {
  const text = createFieldReader(fields);
  const url = createAddressReader(fields.link, base);
  const image = createAddressReader(fields.image, base);
  const date = (value: string | undefined) => toDate(value, warnings);
  return (record) => {
    if (!isObject(record)) {
      warnings.add('skipped an item that is not an object');
      return null;
    }
    const one = (name: keyof JsonFields) => text(name, record)[0];
    const picture = image(record);
    return {
      ...BLANK_ITEM,
      guid: one('id') ?? null,
      url: url(record),
      title: toHtmlText(one('title'), PARSE_LIMITS.line, base),
      summary: toHtmlText(one('summary'), PARSE_LIMITS.html, base),
      content: toHtmlText(one('content'), PARSE_LIMITS.html, base),
      authors: text('author', record).map((name) => ({
        name: truncateText(name, PARSE_LIMITS.line),
        email: null,
        url: null,
      })),
      categories: text('categories', record).map((term) => newCategory(term, null, null)),
      images: picture === null ? [] : [{ url: picture, width: null, height: null, alt: null }],
      published: date(one('date')),
      updated: date(one('updated')),
    };
  };
}

type ReadTexts = (record: object) => readonly string[];

/** Numbers become digits; a list at the end of a path counts as its members. */
function createFieldReader(fields: JsonFields): (name: keyof JsonFields, record: object) => readonly string[] {
  const readers = new Map(
    Object.entries(fields).map(([name, field]) => [name, createTextsReader(field as JsonField | null)]),
  );
  return (name, record) => readers.get(name)?.(record) ?? [];
}

/** @param fill transforms a value before it enters a template. */
function createTextsReader(field: JsonField | null, fill = (value: string) => value): ReadTexts {
  const ways = (field === null ? [] : [field].flat()).map((written) => createPathReader(written, fill));
  return (record) => {
    for (const read of ways) {
      const texts = read(record);
      if (texts.length > 0) return texts;
    }
    return [];
  };
}

function createPathReader(written: string, fill: (value: string) => string): ReadTexts {
  const path = parseJsonPath(written);
  return path === null ? createTemplateReader(written, fill) : (record) => selectTexts(record, path);
}

/** Empty if any of its values is missing. */
function createTemplateReader(template: string, fill: (value: string) => string): ReadTexts {
  const paths = new Map(listTemplatePaths(template).map((path) => [path, parseValidPath(path)]));
  return (record) => {
    const values = new Map([...paths].map(([written, path]) => [written, selectTexts(record, path)[0]]));
    if ([...values.values()].includes(undefined)) return [];
    return [template.replace(PLACEHOLDER, (_, path: string) => fill(values.get(path)!))];
  };
}

/** A list at the end of the path counts as its members. */
export function selectTexts(record: object, path: JsonPath): string[] {
  return selectValues(record, path, PARSE_LIMITS.list)
    .flat()
    .slice(0, PARSE_LIMITS.list)
    .flatMap((value) => toTextValue(value) ?? []);
}

function toTextValue(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.toWellFormed().trim() : null;
}

function toHtmlText(value: string | undefined, most: number, base: string | null): Text | null {
  return value === undefined ? null : { type: 'html', value: truncateText(value, most), base };
}

function toDate(value: string | undefined, warnings: Warnings): string | null {
  const date = value === undefined ? null : parseDate(value);
  if (value !== undefined && date === null) warnings.add(`not a date: ${truncateText(value, 60)}`);
  return date;
}

function createAddressReader(field: JsonField | null, base: string | null): (record: object) => string | null {
  // Keeps a value within the path of an address: only "/" stays unescaped.
  const read = createTextsReader(field, (value) => encodeURIComponent(value).replaceAll('%2F', '/'));
  return (record) => {
    const [text] = read(record);
    const url = text === undefined ? null : resolveUrl(truncateText(text, PARSE_LIMITS.line), base);
    return url !== null && isWebAddress(url) ? url : null;
  };
}
