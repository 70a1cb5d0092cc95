/** Reads a file of links: a YAML list of single articles of other publications. */

import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { isAddress } from '../../model/address.js';
import type { Item, ParsedFeed } from '../../model/item.js';
import type { OwnSource } from '../../model/source.js';
import { urlKey } from '../../text/url/url.js';
import { ALIASES, breaks, lostToComment, NOT_UTF8, yamlErrors, yamlProblem } from '../../text/yaml.js';
import { BLANK_ITEM } from '../blank-feed.js';
import { isWebAddress } from '../urls.js';
import {
  authorsField,
  commentsField,
  dateField,
  languageField,
  noOtherKeys,
  type OwnRecord,
  plainField,
  textField,
  topicsField,
  webField,
} from './fields.js';
import { plainValues } from './front-matter.js';
import { ownFeed } from './own-feed.js';

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

/** One item an entry. An entry with a mistake is left out, and named in `warnings` with file and line. */
export function parseLinks(text: string, own: OwnSource): ParsedFeed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number | undefined) => lines.linePos(offset ?? 0).line;
  const say = (line: number, message: string) => `${own.path}:${line}: ${message}`;
  const invalid = text.indexOf('\ufffd');
  if (invalid >= 0) return ownFeed(own, [], [say(lineAt(invalid), NOT_UTF8)]);
  if (document.errors.some(breaks)) {
    const mistakes = yamlErrors(document.errors, text);
    return ownFeed(own, [], mistakes.map((error) => say(lineAt(error.pos[0]), `no valid YAML: ${yamlProblem(error, text)}`))); // biome-ignore format: one call
  }
  const doubles = document.errors.map(({ pos }) => pos[0]);
  const list = document.contents;
  if (list === null || (isScalar(list) && list.value === null)) return ownFeed(own, [], []);
  if (!isSeq(list)) return ownFeed(own, [], [say(1, 'it is no list: begin each link with "- url: https://…"')]);
  const mistakes: string[] = [];
  const lineOf = new Map<string, number>();
  const items = list.items.flatMap((entry): Item[] => {
    const start = lineAt((entry as { range?: readonly number[] }).range?.[0]);
    if (!isMap(entry)) {
      mistakes.push(say(start, 'it is no link: write "- url: https://…"'));
      return [];
    }
    const said: { line: number; message: string }[] = [];
    const at = (key: string) => {
      const pair = entry.items.find((one) => isScalar(one.key) && one.key.value === key);
      return pair === undefined ? start : lineAt((pair.key as { range?: readonly number[] }).range?.[0]);
    };
    const wrong = (key: string, message: string) => said.push({ line: at(key), message });
    for (const offset of doubles.filter((one) => isWithin(one, entry.range)))
      said.push({ line: lineAt(offset), message: 'a key stands here twice' });
    for (const { key, value } of entry.items) {
      const message = lostToComment(value);
      if (message !== null) wrong(String((key as { value?: unknown }).value), message);
    }
    const values = plainValues(() => entry.toJS(document));
    if (values === null) {
      mistakes.push(say(start, ALIASES));
      return [];
    }
    const item = linkItem({ values, wrong }, own);
    const key = item.url === null ? null : urlKey(item.url);
    const first = key === null ? undefined : lineOf.get(key);
    if (first !== undefined) wrong('url', `the address stands in line ${first} already: keep one of them`);
    if (key !== null) lineOf.set(key, first ?? at('url'));
    for (const { line, message } of said.sort((a, b) => a.line - b.line)) mistakes.push(say(line, message));
    return said.length > 0 ? [] : [item];
  });
  return ownFeed(own, items, mistakes);
}

function isWithin(offset: number, range: readonly number[] | null | undefined): boolean {
  return range != null && offset >= range[0]! && offset < range[1]!;
}

function linkItem(record: OwnRecord, own: OwnSource): Item {
  const url = webField(record, 'url');
  if (record.values.url === undefined) record.wrong('url', 'it has no address: write "url: https://…"');
  if (url?.startsWith(pagesUrl(own)) === true)
    record.wrong('url', 'it is a page of this section: write the address of the article itself');
  const title = plainField(record, 'title');
  if (title === null && record.values.title === undefined) record.wrong('title', 'it has no title: write "title: …"');
  const image = webField(record, 'image');
  noOtherKeys(record, KEYS);
  const at = url !== null && isWebAddress(url) && isAddress(url) ? new URL(url) : null;
  return {
    ...BLANK_ITEM,
    guidIsPermalink: false,
    url,
    ...commentsField(record),
    title,
    summary: plainField(record, 'summary'),
    authors: authorsField(record, 'author'),
    categories: topicsField(record, own.topics),
    images: image === null ? [] : [{ url: image, width: null, height: null, alt: null }],
    source: {
      title: textField(record, 'publication') ?? at?.hostname.replace(/^www\./, '') ?? null,
      url: at === null ? null : `${at.origin}/`,
      feedUrl: null,
    },
    published: dateField(record, 'date'),
    updated: dateField(record, 'updated'),
    language: languageField(record, 'lang'),
  };
}

/** Where the section's own pages of articles begin. */
function pagesUrl({ feedUrl }: OwnSource): string {
  return new URL('../articles/', feedUrl).href;
}
