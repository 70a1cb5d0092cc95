/** Reads a file of links: a YAML list of single articles of other publications. */

import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { isAddress } from '../../model/address.js';
import type { Item, ParsedFeed } from '../../model/item.js';
import type { OwnSource } from '../../model/source.js';
import { urlKey } from '../../text/url/url.js';
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
  UNSAID,
  webField,
} from './fields.js';
import { ALIASES, plainValues } from './front-matter.js';
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
  const broken = document.errors.map(({ pos, message }) =>
    say(lineAt(pos[0]), `no valid YAML: ${message.split('\n', 1)[0]}; quote a value that has ": " or " #" in it`),
  );
  if (broken.length > 0) return ownFeed(own, [], broken);
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

function linkItem(record: OwnRecord, own: OwnSource): Item {
  const url = webField(record, 'url');
  if (record.values.url === undefined) record.wrong('url', 'it has no address: write "url: https://…"');
  const title = plainField(record, 'title');
  if (title === null) record.wrong('title', 'it has no title: write "title: …"');
  const image = webField(record, 'image');
  noOtherKeys(record, KEYS);
  const at = url !== null && isWebAddress(url) && isAddress(url) ? new URL(url) : null;
  return {
    ...UNSAID,
    guid: null,
    url,
    ...commentsField(record),
    title,
    summary: plainField(record, 'summary'),
    content: null,
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
