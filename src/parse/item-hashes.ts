/** Hashes a document's raw items without parsing them, so that unchanged items can be skipped. */
import { hash } from 'node:crypto';
import type { ItemHashes } from '../model/document.js';
import type { ParsedFeed } from '../model/item.js';
import { type DocumentPieces, splitJson } from './json-feed/split-json.js';
import { findFeedRoot } from './xml/root.js';

export interface HashedDocument {
  readonly hashes: ItemHashes;
  /** The document with only these items, by index. */
  selectItems(places: readonly number[]): string;
}

/** null: items cannot be separated without parsing. Otherwise the hashes are valid only if `matchesHashes` is true. */
export function hashItems(text: string): HashedDocument | null {
  const pieces = /^\s*\{/.test(text) ? splitJson(text) : splitXml(text);
  if (pieces === null) return null;
  const items = pieces.items.map(hashText);
  if (new Set(items).size < items.length) return null;
  return { hashes: { envelopeHash: hashText(pieces.envelope), items }, selectItems: pieces.selectItems };
}

/** Whether parsing found exactly the `count` hashed items and no problems. */
export function matchesHashes(feed: ParsedFeed, count: number): boolean {
  const { complete, items, tombstones, warnings } = feed;
  return complete && items.length === count && tombstones.length === 0 && warnings.length === 0;
}

/** 96 bits make accidental collisions within a source practically impossible. */
function hashText(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, 16);
}

/** Root element → item element. */
const ITEM_NAMES: ReadonlyMap<string, string> = new Map([
  ['rss', 'item'],
  ['rdf:RDF', 'item'],
  ['feed', 'entry'],
]);

/** Splits at tags, ignoring those in CDATA and comments. */
function splitXml(text: string): DocumentPieces | null {
  const root = findFeedRoot(text);
  const name = root === null ? undefined : ITEM_NAMES.get(root.name);
  const spans = name === undefined ? null : findItemSpans(text, root!.start, name);
  if (spans === null) return null;
  const head = text.slice(0, spans[0]?.start ?? text.length);
  const tail = text.slice(spans.at(-1)?.end ?? text.length);
  const items = spans.map(({ start, end }) => text.slice(start, end));
  return {
    envelope: `${stripVolatile(head)}\n${stripVolatile(tail)}`,
    items,
    selectItems: (places) => head + places.map((place) => items[place]).join('\n') + tail,
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function findItemSpans(text: string, from: number, name: string): Span[] | null {
  const spans: Span[] = [];
  for (let start = findNextItem(text, from, name); start >= 0; ) {
    const end = findItemEnd(text, start, name);
    if (end === null || (spans.length === 0 && hasOpenSection(text.slice(0, start)))) return null;
    spans.push({ start, end });
    start = findNextItem(text, end, name);
    if (start >= 0 && /\S/.test(text.slice(end, start))) return null;
  }
  return spans;
}

/** Index of the next `<item>` or `<item …>`; -1: none. */
function findNextItem(text: string, from: number, name: string): number {
  let at = text.indexOf(`<${name}`, from);
  while (at >= 0 && !/[\s>]/.test(text[at + 1 + name.length] ?? '')) at = text.indexOf(`<${name}`, at + 1);
  return at;
}

/** CDATA and comments, which are not searched for tags: first four characters → end. */
const OPAQUE: ReadonlyMap<string, string> = new Map([
  ['<![C', ']]>'],
  ['<!--', '-->'],
]);

/** Index after the end tag; null: missing, or something unclosed or nested precedes it. */
function findItemEnd(text: string, start: number, name: string): number | null {
  const tag = `</${name}>`;
  let end = text.indexOf(tag, start);
  for (let at = start + 1; ; ) {
    if (end < at) end = text.indexOf(tag, at);
    if (end < 0) return null;
    const plain = text.slice(at, end);
    const opaque = plain.search(/<[!?]/);
    const elements = opaque < 0 ? plain : plain.slice(0, opaque);
    if (findNextItem(elements, 0, name) >= 0) return null;
    if (opaque < 0) return end + tag.length;
    const mark = OPAQUE.get(plain.slice(opaque, opaque + 4));
    const close = mark === undefined ? -1 : text.indexOf(mark, at + opaque + 4);
    if (close < 0) return null;
    at = close + 3;
  }
}

function hasOpenSection(head: string): boolean {
  return head.lastIndexOf('<!--') > head.lastIndexOf('-->') || head.lastIndexOf('<![CDATA[') > head.lastIndexOf(']]>');
}

/** Removes what changes without affecting items: build date, generator, and the item list of RSS 1.0. */
function stripVolatile(envelope: string): string {
  return envelope.replace(VOLATILE, '');
}

const VOLATILE =
  /<(lastBuildDate|pubDate|updated|modified|(?:dc|atom|dcterms):(?:date|updated|modified))>[\w\s:,.+-]{0,60}<\/\1>|<generator(?:\s[^<>]{0,200})?>[^<>]{0,200}<\/generator>|<rdf:li\s[^<>]{0,2000}\/>/g;
