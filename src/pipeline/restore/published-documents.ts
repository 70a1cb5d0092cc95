/** Lists and reads the feed documents of a published edition that exist as JSON Feed. */
import type { ChannelPath } from '../../model/channel.js';
import type { Sink } from '../../ports/sink.js';
import { readDocumentPath } from '../../write/address.js';
import { type PublishedFeed, readPublishedFeed } from './published-feed.js';
import { type FeedFacts, readFeedFacts } from './published-xml.js';

/** A head or archive document in all its formats. */
export interface PublishedDocument {
  readonly channel: ChannelPath;
  /** null: the head. */
  readonly number: number | null;
  /** Keys are formats. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Excludes digests. `present`: current paths of renamed channels. Sorts by channel; the head comes first, then the newest archive. */
export function listPublishedDocuments(
  paths: readonly string[],
  present: ReadonlyMap<ChannelPath, ChannelPath> = new Map(),
): PublishedDocument[] {
  const found = new Map<string, PublishedDocument & { readonly paths: Map<string, string> }>();
  for (const path of paths) {
    const place = readDocumentPath(path);
    if (place === null || place.channel === 'failures') continue;
    const { channel, number, format } = place;
    const key = `${channel} ${number}`;
    const document = found.get(key) ?? { channel, number, paths: new Map() };
    found.set(key, document);
    document.paths.set(format, path);
  }
  const readable = [...found.values()].filter(({ paths: byFormat }) => byFormat.has('json'));
  return removeGaps(renameChannels(readable, present)).sort(compareReadingOrder);
}

/** Drops the old path of a renamed channel if both paths are published. */
function renameChannels(
  documents: readonly PublishedDocument[],
  present: ReadonlyMap<ChannelPath, ChannelPath>,
): PublishedDocument[] {
  const published = new Set(documents.map(({ channel }) => channel));
  return documents.flatMap((document) => {
    const now = present.get(document.channel);
    if (now === undefined) return document;
    return published.has(now) ? [] : { ...document, channel: now };
  });
}

/** Drops archives after a gap in the numbers from 1: a forged number would reserve millions of places. */
function removeGaps(documents: readonly PublishedDocument[]): PublishedDocument[] {
  const counts = new Map<ChannelPath, number>();
  for (const { channel, number } of documents) if (number !== null) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  return documents.filter(({ channel, number }) => number === null || number <= counts.get(channel)!);
}

function compareReadingOrder(a: PublishedDocument, b: PublishedDocument): number {
  if (a.channel !== b.channel) return a.channel < b.channel ? -1 : 1;
  return (b.number ?? Number.POSITIVE_INFINITY) - (a.number ?? Number.POSITIVE_INFINITY);
}

/** Adds the facts that JSON Feed lacks if `needsFacts` returns true. null: unreadable. Adds a sentence to `problems` per unreadable file. */
export async function readPublishedDocument(
  { paths }: PublishedDocument,
  sink: Pick<Sink, 'read'>,
  needsFacts: (feed: PublishedFeed) => boolean,
  problems: string[],
): Promise<(PublishedFeed & FeedFacts) | null> {
  const read = async <T>(format: string, parse: (text: string) => T): Promise<T | null> => {
    const path = paths.get(format);
    if (path === undefined) return null;
    const bytes = await sink.read(path);
    try {
      if (bytes !== null) return parse(Buffer.from(bytes).toString('utf8'));
      problems.push(`${path} is missing`);
    } catch (error) {
      problems.push(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    return null;
  };
  const feed = await read('json', readPublishedFeed);
  if (feed === null) return null;
  if (!needsFacts(feed)) return { ...feed, ...NO_FACTS };
  const [atom, rss] = [await read('atom', readFeedFacts), await read('rss', readFeedFacts)];
  return {
    ...feed,
    updated: atom?.updated ?? rss?.updated,
    tombstones: atom?.tombstones ?? [],
    images: [...(atom?.images ?? []), ...(rss?.images ?? [])],
  };
}

const NO_FACTS: FeedFacts = { tombstones: [], images: [] };
