/** One document, parsed and made clean in whichever thread this is called: all of it, or only what did not stand in the last one. */
import type { Draft, TopicTag } from '../../model/article.js';
import type { CleanContext, CleanDocument, ItemHashes } from '../../model/document.js';
import { ParseError } from '../../model/errors.js';

export interface ReadTask {
  readonly body: Uint8Array;
  readonly about: { readonly contentType: string | null; readonly url: string };
  readonly context: CleanContext;
  readonly news: News;
  /** Of the last document, read in this context by these rules; null: all is to be read. */
  readonly last: ItemHashes | null;
}

/** How much of a document will be new to us: of one that was never read before, nearly all. */
type News = 'most' | 'some';

/** A document as a reader hands it over. */
export interface ReadDocument extends CleanDocument {
  /** 'new': `drafts` lacks the items that stood in `last`, and `hashes` tells where they stand; each draft knows its place. */
  readonly read: 'all' | 'new';
  /** Of each draft, in their order, as this source alone carries it; null: not tagged yet. */
  readonly tags: readonly (readonly TopicTag[])[] | null;
  /** null where its items cannot be told apart, or something about it was odd. */
  readonly hashes: ItemHashes | null;
}

/** Bytes and where they came from, made a clean document: inline or in a worker. Rejects with `ParseError` for a bad one. */
export type Read = (task: ReadTask) => Promise<ReadDocument>;

let rooms: ReturnType<typeof load> | null = null;

/** What reading needs is a third of the program, and a run in which nothing is new needs none of it. */
export function prepareToRead(): ReturnType<typeof load> {
  rooms ??= load();
  return rooms;
}

async function load() {
  const [{ clean }, { parseText, decodeDocument }, { agreesWithHashes, hashItems }] = await Promise.all([
    import('../../clean/clean.js'),
    import('../../parse/parse.js'),
    import('../../parse/item-hashes.js'),
  ]);
  return { clean, parseText, decodeDocument, agreesWithHashes, hashItems };
}

/** @throws {ParseError} */
export async function readHere(task: ReadTask): Promise<ReadDocument> {
  return (await readNew(task, Number.POSITIVE_INFINITY)) ?? (await readAll(task));
}

/**
 * Only the items that did not stand in the last document; null where that says too little (something else than items
 * changed, or something is odd), or where more than `most` characters would have to be read.
 * @throws {ParseError}
 */
export function readNew({ body, about, context, last }: ReadTask, most: number): Promise<ReadDocument | null> {
  return bounded(async () => {
    if (last === null) return null;
    const { clean, parseText, decodeDocument, agreesWithHashes, hashItems } = await prepareToRead();
    const { text, warnings } = decodeDocument(body, about.contentType);
    const hashed = warnings.length > 0 ? null : hashItems(text);
    if (hashed === null || hashed.hashes.envelopeHash !== last.envelopeHash) return null;
    const stood = new Set(last.items);
    const places = hashed.hashes.items.flatMap((hash, place) => (stood.has(hash) ? [] : place));
    const rest = hashed.withOnly(places);
    if (rest.length > most) return null;
    const feed = await parseText({ text: rest, warnings }, about.url).catch(() => null);
    if (feed === null || !agreesWithHashes(feed, places.length)) return null;
    const document = clean(feed, context);
    const drafts = document.drafts.map((draft): Draft => ({ ...draft, place: places[draft.place]! }));
    return { ...document, drafts, read: 'new', tags: null, hashes: hashed.hashes };
  });
}

function readAll({ body, about, context }: ReadTask): Promise<ReadDocument> {
  return bounded(async () => {
    const { clean, parseText, decodeDocument, agreesWithHashes, hashItems } = await prepareToRead();
    const decoded = decodeDocument(body, about.contentType);
    const feed = await parseText(decoded, about.url);
    const hashes = feed.warnings.length > 0 ? null : (hashItems(decoded.text)?.hashes ?? null);
    const agrees = hashes !== null && agreesWithHashes(feed, hashes.items.length);
    return { ...clean(feed, context), read: 'all', tags: null, hashes: agrees ? hashes : null };
  });
}

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) throw tooMuch(error);
    throw error;
  }
}

/** The stack, or a string longer than the engine has. */
function tooMuch(cause: RangeError): ParseError {
  return new ParseError('PARSE_LIMIT', 'the document is nested too deeply or too large', { cause });
}
