/** Reads a links file: a YAML list of single articles of other publications. */

import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { isAddress } from '../../model/address.js';
import type { Item, ParsedFeed } from '../../model/item.js';
import type { OwnSource } from '../../model/source.js';
import { urlKey } from '../../text/url/url.js';
import {
  ALIASES,
  describeYamlError,
  findCommentLoss,
  isFatalYamlError,
  NOT_UTF8,
  selectYamlErrors,
} from '../../text/yaml.js';
import { BLANK_ITEM } from '../blank-feed.js';
import { isWebAddress } from '../urls.js';
import {
  type OwnRecord,
  readAuthorsField,
  readCommentsField,
  readDateField,
  readLanguageField,
  readPlainField,
  readTextField,
  readTopicsField,
  readWebField,
  rejectUnknownKeys,
} from './fields.js';
import { readPlainValues } from './front-matter.js';
import { toOwnFeed } from './own-feed.js';

const KEYS = [
  'url',
  'title',
  'summary',
  'author',
  'date',
  'updated',
  'publication',
  'image',
  'lang',
  'topics',
  'comments',
] as const;

/** An invalid entry is dropped, and `warnings` names its file and line. */
export function parseLinks(text: string, own: OwnSource): ParsedFeed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const findLine = (offset: number | undefined) => lines.linePos(offset ?? 0).line;
  const locate = (line: number, message: string) => `${own.path}:${line}: ${message}`;
  const invalid = text.indexOf('\ufffd');
  if (invalid >= 0) return toOwnFeed(own, [], [locate(findLine(invalid), NOT_UTF8)]);
  if (document.errors.some(isFatalYamlError)) {
    const mistakes = selectYamlErrors(document.errors, text);
    return toOwnFeed(own, [], mistakes.map((error) => locate(findLine(error.pos[0]), `invalid YAML: ${describeYamlError(error, text)}`))); // biome-ignore format: one call
  }
  const doubles = document.errors.map(({ pos }) => pos[0]);
  const list = document.contents;
  if (list === null || (isScalar(list) && list.value === null)) return toOwnFeed(own, [], []);
  if (!isSeq(list)) return toOwnFeed(own, [], [locate(1, 'not a list: begin each link with "- url: https://…"')]);
  const mistakes: string[] = [];
  const lineOf = new Map<string, number>();
  const items = list.items.flatMap((entry): Item[] => {
    const start = findLine((entry as { range?: readonly number[] }).range?.[0]);
    if (!isMap(entry)) {
      mistakes.push(locate(start, 'not a link: write "- url: https://…"'));
      return [];
    }
    const errors: { line: number; message: string }[] = [];
    const at = (key: string) => {
      const pair = entry.items.find((one) => isScalar(one.key) && one.key.value === key);
      return pair === undefined ? start : findLine((pair.key as { range?: readonly number[] }).range?.[0]);
    };
    const wrong = (key: string, message: string) => errors.push({ line: at(key), message });
    for (const offset of doubles.filter((one) => isInRange(one, entry.range)))
      errors.push({ line: findLine(offset), message: 'duplicate key' });
    for (const { key, value } of entry.items) {
      const message = findCommentLoss(value);
      if (message !== null) wrong(String((key as { value?: unknown }).value), message);
    }
    const values = readPlainValues(() => entry.toJS(document));
    if (values === null) {
      mistakes.push(locate(start, ALIASES));
      return [];
    }
    const item = toLinkItem({ values, wrong }, own);
    const key = item.url === null ? null : urlKey(item.url);
    const first = key === null ? undefined : lineOf.get(key);
    if (first !== undefined) wrong('url', `the address is already in line ${first}: keep one of them`);
    if (key !== null) lineOf.set(key, first ?? at('url'));
    for (const { line, message } of errors.sort((a, b) => a.line - b.line)) mistakes.push(locate(line, message));
    return errors.length > 0 ? [] : [item];
  });
  return toOwnFeed(own, items, mistakes);
}

function isInRange(offset: number, range: readonly number[] | null | undefined): boolean {
  return range != null && offset >= range[0]! && offset < range[1]!;
}

function toLinkItem(record: OwnRecord, own: OwnSource): Item {
  const url = readWebField(record, 'url');
  if (record.values.url === undefined) record.wrong('url', 'missing address: write "url: https://…"');
  if (url?.startsWith(new URL('../articles/', own.feedUrl).href) === true)
    record.wrong('url', 'it is a page of this section: write the address of the article itself');
  const title = readPlainField(record, 'title');
  if (title === null && record.values.title === undefined) record.wrong('title', 'missing title: write "title: …"');
  const image = readWebField(record, 'image');
  rejectUnknownKeys(record, KEYS);
  const at = url !== null && isWebAddress(url) && isAddress(url) ? new URL(url) : null;
  return {
    ...BLANK_ITEM,
    guidIsPermalink: false,
    url,
    ...readCommentsField(record),
    title,
    summary: readPlainField(record, 'summary'),
    authors: readAuthorsField(record, 'author'),
    categories: readTopicsField(record, own.topics),
    images: image === null ? [] : [{ url: image, width: null, height: null, alt: null }],
    source: {
      title: readTextField(record, 'publication') ?? at?.hostname.replace(/^www\./, '') ?? null,
      url: at === null ? null : `${at.origin}/`,
      feedUrl: null,
    },
    published: readDateField(record, 'date'),
    updated: readDateField(record, 'updated'),
    language: readLanguageField(record, 'lang'),
  };
}
