/** Reads the fields that posts and links have in common; each says what is wrong with a value. */
import type { Category, Item, Person, Text } from '../../model/item.js';
import { EDITORS_TOPIC } from '../../model/topic.js';
import { languageTag } from '../../text/language.js';
import { parseDate } from '../dates/dates.js';
import { isWebAddress } from '../urls.js';

/** A record of the editor's: the values of its keys, and where to say that one is wrong. */
export interface OwnRecord {
  readonly values: Readonly<Record<string, unknown>>;
  wrong(key: string, message: string): void;
}

export function textField({ values, wrong }: OwnRecord, key: string): string | null {
  const value = values[key];
  if (value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim() || null;
  wrong(key, `"${key}" must be text: put it in quotes`);
  return null;
}

export function plainField(record: OwnRecord, key: string): Text | null {
  const value = textField(record, key);
  return value === null ? null : { type: 'text', value, base: null };
}

export function flagField({ values, wrong }: OwnRecord, key: string): boolean {
  const value = values[key];
  if (value !== undefined && typeof value !== 'boolean') wrong(key, `"${key}" must be true or false, without quotes`);
  return value === true;
}

/** Of a key of another program: any date that feeds have. */
export function anyDateField(record: OwnRecord, key: string): string | null {
  const value = textField(record, key);
  const date = value === null ? null : parseDate(value);
  if (value !== null && date === null) record.wrong(key, `"${key}: ${value}" is no date: write 2026-11-24`);
  return date;
}

/** Words that the section knows by no id. */
export function tagsField({ values }: OwnRecord, key: string): Category[] {
  const value = values[key];
  const tags = Array.isArray(value) ? value : [value];
  return tags.flatMap((tag) => (typeof tag === 'string' ? { term: tag, scheme: null, label: null } : []));
}

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** ISO 8601 in UTC; UTC where it names no zone, midnight where it has no time. */
export function dateField(record: OwnRecord, key: string): string | null {
  const value = textField(record, key);
  const date = value === null || !ISO.test(value) ? null : parseDate(value);
  if (value !== null && date === null)
    record.wrong(key, `"${key}: ${value}" is no date: write 2026-11-24 or 2026-11-24T18:30+02:00`);
  return date;
}

export function webField(record: OwnRecord, key: string): string | null {
  const value = textField(record, key);
  if (value === null || isWebAddress(value)) return value;
  record.wrong(key, `"${key}: ${value}" is no web address: begin it with https://`);
  return null;
}

/** `comments`: the address of a page where readers discuss it, or `false`: none is offered. */
export function commentsField(record: OwnRecord): Pick<Item, 'commentsUrl' | 'commentsClosed'> {
  const value = record.values.comments;
  if (value === false) return { commentsUrl: null, commentsClosed: true };
  if (value === true) return { commentsUrl: null };
  return { commentsUrl: webField(record, 'comments') };
}

export function languageField(record: OwnRecord, key: string): string | null {
  const value = textField(record, key);
  if (value === null || languageTag(value) !== null) return value;
  record.wrong(key, `"${key}: ${value}" is no language tag: write en, uk or pt-BR`);
  return null;
}

export function authorsField({ values, wrong }: OwnRecord, key: string): Person[] {
  const value = values[key];
  const names = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return names.flatMap((name) => {
    if (typeof name === 'string' && name.trim() !== '') return { name: name.trim(), email: null, url: null };
    wrong(key, `"${key}" must be a name or a list of names`);
    return [];
  });
}

/** Ids of the config's topics. */
export function topicsField({ values, wrong }: OwnRecord, known: readonly string[]): Category[] {
  const value = values.topics;
  const ids = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return ids.flatMap((id) => {
    if (known.includes(id)) return { term: id, scheme: EDITORS_TOPIC, label: null };
    wrong('topics', `no topic has the id "${id}"; topics: ${known.join(', ') || 'none in the config'}`);
    return [];
  });
}

export function noOtherKeys({ values, wrong }: OwnRecord, known: readonly string[]): void {
  for (const key of Object.keys(values))
    if (!known.includes(key)) wrong(key, `unknown key "${key}"; ${hint(key, known)}`);
}

/** What other programs read in the same file is theirs; what may be a slip for one of `known` is wrong. */
export function noMistypedKeys({ values, wrong }: OwnRecord, known: readonly string[]): void {
  for (const key of Object.keys(values).filter((one) => !known.includes(one))) {
    const meant = known.find((one) => isOneSlip(key.toLowerCase(), one));
    if (meant !== undefined) wrong(key, `unknown key "${key}"; write "${meant}"`);
  }
}

/** Equal, or by a letter that was added, left out or changed, or two that were swapped. */
function isOneSlip(typed: string, meant: string): boolean {
  const most = Math.min(typed.length, meant.length);
  let start = 0;
  while (start < most && typed[start] === meant[start]) start += 1;
  let end = 0;
  while (end < most - start && typed.at(-1 - end) === meant.at(-1 - end)) end += 1;
  const [a, b] = [typed.slice(start, typed.length - end), meant.slice(start, meant.length - end)];
  return (a.length <= 1 && b.length <= 1) || (a.length === 2 && b === `${a[1]}${a[0]}`);
}

function hint(key: string, known: readonly string[]): string {
  const small = key.toLowerCase();
  return known.includes(small) ? `write "${small}"` : `known here: ${known.join(', ')}`;
}
