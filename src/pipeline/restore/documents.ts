/** The documents of a published edition: which there are, by the manifest's paths, and what they say in whichever format can be read. */
import { isAddress } from '../../model/address.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Sink } from '../../ports/sink.js';
import { readPublishedAtom } from './published-atom.js';
import type { PublishedDocument, ReadPublished } from './published-entry.js';
import { readPublishedJson } from './published-json.js';
import { readPublishedRss } from './published-rss.js';

/** That which says most comes first. */
const FORMATS: readonly { readonly name: string; readonly read: ReadPublished }[] = [
  { name: 'json', read: readPublishedJson },
  { name: 'atom', read: readPublishedAtom },
  { name: 'rss', read: readPublishedRss },
];

/** A head or an archive document, in all its formats. */
export interface DocumentFiles {
  readonly channel: ChannelPath;
  /** null: the head. */
  readonly number: number | null;
  /** By format. */
  readonly paths: ReadonlyMap<string, string>;
}

const CHANNEL = '(all|stories|(?:topics|sources)/[^/]+)';
const HEAD = new RegExp(`^${CHANNEL}\\.(json|atom|rss)$`);
const ARCHIVE = new RegExp(`^archive/${CHANNEL}/([1-9]\\d{0,6})\\.(json|atom|rss)$`);
const KINDS = ['all', 'stories', 'sources', 'topics'];

/** `all` first, then sources, then topics; of each the head, then its archive from the newest document on. */
export function publishedDocuments(paths: readonly string[]): DocumentFiles[] {
  const found = new Map<string, { channel: ChannelPath; number: number | null; paths: Map<string, string> }>();
  for (const path of paths) {
    const place = placeOf(path);
    if (place === null) continue;
    const key = `${place.channel} ${place.number}`;
    const document = found.get(key) ?? { channel: place.channel, number: place.number, paths: new Map() };
    document.paths.set(place.format, path);
    found.set(key, document);
  }
  return withoutGaps([...found.values()]).sort(inOrder);
}

/** A manifest names every document of an archive, 1 to the last: what counts on past them would be a gap of millions of articles. */
function withoutGaps(documents: readonly DocumentFiles[]): DocumentFiles[] {
  const counts = new Map<ChannelPath, number>();
  for (const { channel, number } of documents) if (number !== null) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  return documents.filter(({ channel, number }) => number === null || number <= counts.get(channel)!);
}

function placeOf(path: string): { channel: ChannelPath; number: number | null; format: string } | null {
  const head = HEAD.exec(path);
  if (head !== null) return { channel: head[1]!, number: null, format: head[2]! };
  const archive = ARCHIVE.exec(path);
  return archive === null ? null : { channel: archive[1]!, number: Number(archive[2]), format: archive[3]! };
}

function inOrder(a: DocumentFiles, b: DocumentFiles): number {
  return kindOf(a) - kindOf(b) || compare(a.channel, b.channel) || rank(b) - rank(a);
}

function kindOf({ channel }: DocumentFiles): number {
  return KINDS.indexOf(channel.split('/')[0]!);
}

function rank({ number }: DocumentFiles): number {
  return number ?? Number.POSITIVE_INFINITY;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface ReadDocument {
  /** That which says most first; empty: none could be read. */
  readonly versions: readonly PublishedDocument[];
  /** What is wrong with files that are missing or cannot be read. */
  readonly problems: readonly string[];
}

/** `wanted` is asked after each version whether the next format could say more. */
export async function readDocument(
  { paths }: DocumentFiles,
  sink: Pick<Sink, 'read'>,
  wanted: (versions: readonly PublishedDocument[]) => boolean,
): Promise<ReadDocument> {
  const versions: PublishedDocument[] = [];
  const problems: string[] = [];
  for (const { name, read } of FORMATS) {
    const path = paths.get(name);
    if (path === undefined || (versions.length > 0 && !wanted(versions))) continue;
    const bytes = await sink.read(path);
    if (bytes === null) problems.push(`${path} is missing`);
    else {
      try {
        versions.push(onTheWeb(read(Buffer.from(bytes).toString('utf8'))));
      } catch (error) {
        problems.push(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return { versions, problems };
}

/** What no writer of ours prints: the folder may have been tampered with, and another format may have been spared. */
function onTheWeb(document: PublishedDocument): PublishedDocument {
  const odd = document.entries.flatMap(({ link, url }) => [link, url]).find((address) => !isWebAddress(address));
  if (odd !== undefined) throw new Error(`${JSON.stringify(odd.slice(0, 100))} is no address of a page`);
  return document;
}

function isWebAddress(address: string): boolean {
  return /^https?:\/\//.test(address) && isAddress(address);
}
