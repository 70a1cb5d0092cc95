/** Estimates the size of entries in bytes, and decides what to leave out of documents that would be too large. */
import type { Episode, Publication } from '../model/article.js';
import type { DeletedEntry, Entry, EntryMachine } from '../model/channel.js';

/** Feed readers reject feeds above 512 kB to 1 MB (FeedBurner). */
export const HEAD_BYTES = 512 * 1024;
export const ARCHIVE_BYTES = 1_000_000;

const DOCUMENT = 6_000; // header, links and extensions of the largest format
const TOMBSTONE = 200;
const ENTRY = 1_000; // tags and dates

/** The maximum number of entries in a head, with any config. */
export const MAX_ENTRIES = Math.floor(HEAD_BYTES / ENTRY);

/** Upper bound of the bytes of an entry in any format. */
export interface EntryWeight {
  readonly whole: number;
  /** Without its content; null: it has no content. */
  readonly light: number | null;
}

/** `kept`: number of newest entries that fit; `whole`: number of these that keep their content, from the newest. */
export interface Fit {
  readonly kept: number;
  readonly whole: number;
}

export function entryWeight(entry: Entry): EntryWeight {
  const common = countMetadataBytes(entry);
  const light = hasContent(entry) ? common + textBytes(removeContent(entry)) : null;
  return { whole: common + textBytes(entry), light };
}

/** Removes the content and the machine-made texts. */
export function removeContent(entry: Entry): Entry {
  if (!hasContent(entry)) return entry;
  const machine = entry.machine?.map((made) => ({ ...made, contentHtml: null }));
  return { ...entry, contentHtml: null, ...(machine && { machine }) };
}

function hasContent({ contentHtml, machine = [] }: Entry): boolean {
  return contentHtml !== null || machine.some((made) => made.contentHtml !== null);
}

/** The newest that fit into `items` entries and 512 kB. The oldest lose their content first, then are left out. */
export function fitHead(weights: readonly EntryWeight[], items: number, tombstones: readonly DeletedEntry[]): Fit {
  const room = HEAD_BYTES - DOCUMENT - tombstones.reduce((sum, { id }) => sum + TOMBSTONE + weight(id, PLAIN), 0);
  const first = weights.slice(0, items);
  let { whole, bytes } = lighten(first, room);
  let kept = first.length;
  for (; bytes > room && kept > 0; kept--) bytes -= lightBytes(first[kept - 1]!);
  return { kept, whole };
}

/** An archive document keeps all its entries. Above 1 MB its oldest lose their content. */
export function fitArchive(weights: readonly EntryWeight[]): Fit {
  return { kept: weights.length, whole: lighten(weights, ARCHIVE_BYTES - DOCUMENT).whole };
}

export function applyFit(entries: readonly Entry[], { kept, whole }: Fit): Entry[] {
  return entries.slice(0, kept).map((entry, i) => (i < whole ? entry : removeContent(entry)));
}

function lighten(weights: readonly EntryWeight[], room: number): { whole: number; bytes: number } {
  let whole = weights.length;
  let bytes = weights.reduce((sum, weight) => sum + weight.whole, 0);
  for (; whole > 0 && bytes > room; whole--) bytes += lightBytes(weights[whole - 1]!) - weights[whole - 1]!.whole;
  return { whole, bytes };
}

function lightBytes({ whole, light }: EntryWeight): number {
  return light ?? whole;
}

function countMetadataBytes(entry: Entry): number {
  let sum = ENTRY + plain(entry.id) + plain(entry.url) + plain(entry.originalUrl ?? '') + 2 * plain(entry.title);
  sum += publication(entry.publication) + (entry.via === null ? 0 : publication(entry.via));
  sum += plain(entry.credited?.title ?? '') + plain(entry.credited?.url ?? '');
  sum += plain(entry.rights ?? '') + plain(entry.commentsUrl ?? '') + 100 + 2 * plain(entry.discussionUrl ?? '');
  for (const { name, url } of entry.authors) sum += 60 + plain(name) + plain(url ?? '');
  for (const { term, scheme, label } of entry.topics) sum += 100 + plain(term) + plain(scheme) + 2 * plain(label);
  for (const { url, type } of entry.enclosures) sum += 200 + plain(url) + plain(type);
  if (entry.episode) sum += episodeBytes(entry.episode);
  for (const { url, title, publication: by } of entry.related) sum += 60 + plain(url) + plain(title) + plain(by);
  if (entry.edited !== undefined) sum += 100 + plain(entry.edited.by);
  if (entry.remark !== undefined) sum += 300 + 2 * (plain(entry.remark.by) + plain(entry.remark.text));
  for (const made of entry.machine ?? []) sum += machineBytes(made);
  if (entry.image !== null) sum += 350 + 3 * plain(entry.image.url) + plain(entry.image.alt ?? '');
  return sum;
}

function episodeBytes({ transcripts, chapters, people }: Episode): number {
  let sum = 200;
  for (const { url, type, language } of transcripts) sum += 80 + plain(url) + plain(type) + plain(language ?? '');
  if (chapters !== null) sum += 80 + plain(chapters.url) + plain(chapters.type);
  for (const { name, role, url } of people) sum += 80 + plain(name) + plain(role ?? '') + plain(url ?? '');
  return sum;
}

function machineBytes({ by, language, title, summary, topics, original }: EntryMachine): number {
  const said = [
    by,
    language,
    language,
    title,
    summary,
    original?.language,
    original?.title,
    original?.summary,
    ...topics,
  ];
  return said.reduce((sum, text) => sum + 5 + plain(text ?? ''), 400);
}

/** Without HTML, JSON Feed contains the summary twice. */
function textBytes({ summary, contentHtml, machine = [] }: Entry): number {
  const made = machine.reduce((sum, one) => sum + htmlBytes(one.contentHtml ?? ''), 0);
  return made + (contentHtml === null ? 2 * plain(summary) : plain(summary) + htmlBytes(contentHtml));
}

function publication({ title, url, feedUrl }: Publication): number {
  return 100 + plain(title) + plain(url ?? '') + 2 * plain(feedUrl ?? '') + plain(url ?? '');
}

// Bytes per character in the largest format: & in an RSS description is `&amp;amp;`, a quote in an attribute `&quot;`.
const PLAIN = { amp: 9, lt: 8, gt: 8, quote: 6 };
// RSS and Atom have HTML in CDATA; JSON escapes its quotes.
const HTML = { amp: 1, lt: 1, gt: 1, quote: 2 };

function plain(text: string): number {
  return weight(text, PLAIN);
}

/** Splitting a `]]>` over two CDATA sections takes 12 more bytes. */
function htmlBytes(html: string): number {
  const splits = html.includes(']]>') ? html.split(']]>').length - 1 : 0;
  return weight(html, HTML) + 12 * splits;
}

/** A fast path for common texts: each character takes one byte in all formats. */
const ONE_BYTE_EACH = /^[^&<>"\\\u0000-\u001f\u0080-\uffff]*$/;

function weight(text: string, costs: typeof PLAIN): number {
  if (ONE_BYTE_EACH.test(text)) return text.length;
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += unitBytes(text.charCodeAt(i), costs);
  return sum;
}

function unitBytes(unit: number, costs: typeof PLAIN): number {
  if (unit === 38) return costs.amp;
  if (unit === 60) return costs.lt;
  if (unit === 62) return costs.gt;
  if (unit === 34 || unit === 92) return costs.quote;
  if (unit < 32) return 2;
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
}
