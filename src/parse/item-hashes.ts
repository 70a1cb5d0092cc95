/** How a feed is written, item by item, found without reading it: what stood in it the last time need not be read again. */
import { hash } from 'node:crypto';
import type { ItemHashes } from '../model/document.js';
import type { ParsedFeed } from '../model/item.js';
import { type Pieces, piecesOfJson } from './json-feed/json-items.js';
import { findRoot } from './xml/root.js';

export interface Written {
  readonly marks: ItemHashes;
  /** The document with only those of its items, by their numbers in it. */
  withOnly(places: readonly number[]): string;
}

/**
 * Null where items and what stands around them cannot be told apart at a glance: another root, anything between two
 * items, one inside another, two that are the same. What is found is only true of a document in which a reader found as many
 * items (`isPlain`). Linear.
 */
export function writtenIn(text: string): Written | null {
  const pieces = /^\s*\{/.test(text) ? piecesOfJson(text) : piecesOfXml(text);
  if (pieces === null) return null;
  const items = pieces.items.map(markOf);
  if (new Set(items).size < items.length) return null;
  return { marks: { envelopeHash: markOf(pieces.outside), items }, withOnly: pieces.withOnly };
}

/** Whether the reader of `feed` found what stands in `written`, `count` items, and nothing odd: then each item means the same wherever else it stands. */
export function isPlain(feed: ParsedFeed, count: number): boolean {
  const { complete, items, tombstones, warnings } = feed;
  return complete && items.length === count && tombstones.length === 0 && warnings.length === 0;
}

/** 96 bits: by accident no two items of a source ever share them. */
function markOf(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, 16);
}

/** How an item is called in a document whose root is called so. */
const ITEM_IN: ReadonlyMap<string, string> = new Map([
  ['rss', 'item'],
  ['rdf:RDF', 'item'],
  ['feed', 'entry'],
]);

/** Cut at tags, past CDATA and comments. */
function piecesOfXml(text: string): Pieces | null {
  const root = findRoot(text);
  const name = root === null ? undefined : ITEM_IN.get(root.name);
  const cuts = name === undefined ? null : cutsIn(text, root!.start, name);
  if (cuts === null) return null;
  const [head, tail] = [text.slice(0, cuts[0]?.start ?? text.length), text.slice(cuts.at(-1)?.end ?? text.length)];
  const items = cuts.map(({ start, end }) => text.slice(start, end));
  return {
    outside: `${withoutPassing(head)}\n${withoutPassing(tail)}`,
    items,
    withOnly: (places) => head + places.map((place) => items[place]).join('\n') + tail,
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function cutsIn(text: string, from: number, name: string): Span[] | null {
  const cuts: Span[] = [];
  for (let start = nextItem(text, from, name); start >= 0; ) {
    const end = endOfItem(text, start, name);
    if (end === null || (cuts.length === 0 && isOpen(text.slice(0, start)))) return null;
    cuts.push({ start, end });
    start = nextItem(text, end, name);
    if (start >= 0 && /\S/.test(text.slice(end, start))) return null;
  }
  return cuts;
}

/** Of `<item>` or `<item …>`; -1: there is no other. */
function nextItem(text: string, from: number, name: string): number {
  let at = text.indexOf(`<${name}`, from);
  while (at >= 0 && !/[\s>]/.test(text[at + 1 + name.length] ?? '')) at = text.indexOf(`<${name}`, at + 1);
  return at;
}

/** What may stand in an item and hold tags that are none, with its end. */
const OPAQUE: ReadonlyMap<string, string> = new Map([
  ['<![C', ']]>'],
  ['<!--', '-->'],
]);

/** Past the end tag; null where there is none, or something stands before it that has no end. */
function endOfItem(text: string, start: number, name: string): number | null {
  const tag = `</${name}>`;
  let end = text.indexOf(tag, start);
  for (let at = start + 1; ; ) {
    if (end < at) end = text.indexOf(tag, at);
    if (end < 0) return null;
    const plain = text.slice(at, end);
    const opaque = plain.search(/<[!?]/);
    const elements = opaque < 0 ? plain : plain.slice(0, opaque);
    if (nextItem(elements, 0, name) >= 0) return null;
    if (opaque < 0) return end + tag.length;
    const mark = OPAQUE.get(plain.slice(opaque, opaque + 4));
    const close = mark === undefined ? -1 : text.indexOf(mark, at + opaque + 4);
    if (close < 0) return null;
    at = close + 3;
  }
}

/** Whether a comment or CDATA is open at the end. */
function isOpen(head: string): boolean {
  return head.lastIndexOf('<!--') > head.lastIndexOf('-->') || head.lastIndexOf('<![CDATA[') > head.lastIndexOf(']]>');
}

/** What changes from one document to the next and means nothing to its items: when and by what it was made, and RSS 1.0's second list of them. */
function withoutPassing(outside: string): string {
  return outside.replace(PASSING, '');
}

const PASSING =
  /<(lastBuildDate|pubDate|updated|modified|(?:dc|atom|dcterms):(?:date|updated|modified))>[\w\s:,.+-]{0,60}<\/\1>|<generator(?:\s[^<>]{0,200})?>[^<>]{0,200}<\/generator>|<rdf:li\s[^<>]{0,2000}\/>/g;
