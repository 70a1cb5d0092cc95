/** Reads the fields that posts and links share, and reports invalid values. */
import type { Category, Item, Person, Text } from '../../model/item.js';
import { EDITORS_TOPIC } from '../../model/topic.js';
import { toLanguageTag } from '../../text/language.js';
import { parseDate } from '../dates/dates.js';
import { isWebAddress } from '../urls.js';

/** `wrong` reports an invalid value of a key. */
export interface OwnRecord {
  readonly values: Readonly<Record<string, unknown>>;
  wrong(key: string, message: string): void;
}

export function readTextField({ values, wrong }: OwnRecord, key: string): string | null {
  const value = values[key];
  if (value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim() || null;
  wrong(key, `"${key}" must be text: put it in quotes`);
  return null;
}

export function readPlainField(record: OwnRecord, key: string): Text | null {
  const value = readTextField(record, key);
  return value === null ? null : { type: 'text', value, base: null };
}

export function readFlagField({ values, wrong }: OwnRecord, key: string): boolean {
  const value = values[key];
  if (value !== undefined && typeof value !== 'boolean') wrong(key, `"${key}" must be true or false, without quotes`);
  return value === true;
}

/** For the keys of site generators: any date format of feeds. */
export function readLenientDateField(record: OwnRecord, key: string): string | null {
  const value = readTextField(record, key);
  const date = value === null ? null : parseDate(value);
  if (value !== null && date === null) record.wrong(key, `"${key}: ${value}" is not a date: write 2026-11-24`);
  return date;
}

/** Free tags, which need not be topics. */
export function readTagsField({ values }: OwnRecord, key: string): Category[] {
  const value = values[key];
  const tags = Array.isArray(value) ? value : [value];
  return tags.flatMap((tag) => (typeof tag === 'string' ? { term: tag, scheme: null, label: null } : []));
}

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** ISO 8601 in UTC; UTC without a zone, midnight without a time. */
export function readDateField(record: OwnRecord, key: string): string | null {
  const value = readTextField(record, key);
  const date = value === null || !ISO.test(value) ? null : parseDate(value);
  if (value !== null && date === null)
    record.wrong(key, `"${key}: ${value}" is not a date: write 2026-11-24 or 2026-11-24T18:30+02:00`);
  return date;
}

export function readWebField(record: OwnRecord, key: string): string | null {
  const value = readTextField(record, key);
  if (value === null || isWebAddress(value)) return value;
  record.wrong(key, `"${key}: ${value}" is not a web address: begin it with https://`);
  return null;
}

/** `comments`: the address of a discussion page, or `false` to offer none. */
export function readCommentsField(record: OwnRecord): Pick<Item, 'commentsUrl' | 'commentsClosed'> {
  const value = record.values.comments;
  if (value === false) return { commentsUrl: null, commentsClosed: true };
  if (value === true) return { commentsUrl: null };
  return { commentsUrl: readWebField(record, 'comments') };
}

export function readLanguageField(record: OwnRecord, key: string): string | null {
  const value = readTextField(record, key);
  if (value === null || toLanguageTag(value) !== null) return value;
  record.wrong(key, `"${key}: ${value}" is not a language tag: write en, uk or pt-BR`);
  return null;
}

export function readAuthorsField({ values, wrong }: OwnRecord, key: string): Person[] {
  const value = values[key];
  const names = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return names.flatMap((name) => {
    if (typeof name === 'string' && name.trim() !== '') return { name: name.trim(), email: null, url: null };
    wrong(key, `"${key}" must be a name or a list of names`);
    return [];
  });
}

export function readTopicsField({ values, wrong }: OwnRecord, known: readonly string[]): Category[] {
  const value = values.topics;
  const ids = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return ids.flatMap((id) => {
    if (known.includes(id)) return { term: id, scheme: EDITORS_TOPIC, label: null };
    wrong('topics', `no topic has the id "${id}"; topics: ${known.join(', ') || 'none in the config'}`);
    return [];
  });
}

export function rejectUnknownKeys({ values, wrong }: OwnRecord, known: readonly string[]): void {
  for (const key of Object.keys(values))
    if (!known.includes(key)) wrong(key, `unknown key "${key}"; ${suggestKeys(key, known)}`);
}

/** Unknown keys belong to other programs, unless they look like a typo of one in `known`. */
export function rejectMistypedKeys({ values, wrong }: OwnRecord, known: readonly string[]): void {
  for (const key of Object.keys(values).filter((one) => !known.includes(one))) {
    const meant = known.find((one) => isSingleTypo(key.toLowerCase(), one));
    if (meant !== undefined) wrong(key, `unknown key "${key}"; write "${meant}"`);
  }
}

/** Equal, or different by one added, missing or changed letter, or two swapped ones. */
function isSingleTypo(typed: string, meant: string): boolean {
  const most = Math.min(typed.length, meant.length);
  let start = 0;
  while (start < most && typed[start] === meant[start]) start += 1;
  let end = 0;
  while (end < most - start && typed.at(-1 - end) === meant.at(-1 - end)) end += 1;
  const [a, b] = [typed.slice(start, typed.length - end), meant.slice(start, meant.length - end)];
  return (a.length <= 1 && b.length <= 1) || (a.length === 2 && b === `${a[1]}${a[0]}`);
}

function suggestKeys(key: string, known: readonly string[]): string {
  const small = key.toLowerCase();
  return known.includes(small) ? `write "${small}"` : `known here: ${known.join(', ')}`;
}
