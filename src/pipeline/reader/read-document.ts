/** One document, parsed and made clean in the thread that calls this: all of it, or only the items that are not in the last one. */
import type { Draft } from '../../model/article.js';
import type { CleanContext, CleanDocument, ItemHashes } from '../../model/document.js';
import { ParseError } from '../../model/errors.js';

export interface ReadTask {
  readonly body: Uint8Array;
  readonly about: { readonly contentType: string | null; readonly url: string };
  readonly context: CleanContext;
  /** Of the last document, read in this context by these rules; null: all is to be read. */
  readonly last: ItemHashes | null;
}

/** A document as a reader hands it over. */
export interface ReadResult extends CleanDocument {
  /** 'new': `drafts` lacks the items that are in `last`, and `hashes` tells their places; each draft knows its own. */
  readonly read: 'all' | 'new';
  /** null where two of its items are alike, or something about it was odd. */
  readonly hashes: ItemHashes | null;
}

/** Bytes and where they came from, made a clean document: inline or in a worker. Rejects with `ParseError` for a bad one. */
export type Read = (task: ReadTask) => Promise<ReadResult>;

/** Loaded when first asked for: it is a third of the program, and a run in which nothing is new needs none of it. */
export async function loadReading() {
  const [{ clean }, { parseText, textOf }, { isPlain, writtenIn }] = await Promise.all([
    import('../../clean/clean.js'),
    import('../../parse/parse.js'),
    import('../../parse/written.js'),
  ]);
  return { clean, parseText, textOf, isPlain, writtenIn };
}

/** @throws {ParseError} */
export async function readHere(task: ReadTask): Promise<ReadResult> {
  return (await readNew(task, Number.POSITIVE_INFINITY)) ?? (await readAll(task));
}

/**
 * Only the items that are not in the last document; null where that says too little (something else than items
 * changed, or something is odd), or where more than `most` characters would have to be read.
 * @throws {ParseError}
 */
export function readNew({ body, about, context, last }: ReadTask, most: number): Promise<ReadResult | null> {
  return bounded(async () => {
    if (last === null) return null;
    const { clean, isPlain, parseText, textOf, writtenIn } = await loadReading();
    const { text, warnings } = textOf(body, about.contentType);
    const written = warnings.length > 0 ? null : writtenIn(text);
    if (written === null || written.marks.envelopeHash !== last.envelopeHash) return null;
    const unchanged = new Set(last.items);
    const places = written.marks.items.flatMap((mark, place) => (unchanged.has(mark) ? [] : place));
    const rest = written.withOnly(places);
    if (rest.length > most) return null;
    const feed = await parseText({ text: rest, warnings }, about.url).catch(() => null);
    if (feed === null || !isPlain(feed, places.length)) return null;
    const document = clean(feed, context);
    const drafts = document.drafts.map((draft): Draft => ({ ...draft, place: places[draft.place]! }));
    return { ...document, drafts, read: 'new', hashes: written.marks };
  });
}

function readAll({ body, about, context }: ReadTask): Promise<ReadResult> {
  return bounded(async () => {
    const { clean, isPlain, parseText, textOf, writtenIn } = await loadReading();
    const decoded = textOf(body, about.contentType);
    const feed = await parseText(decoded, about.url);
    const marks = feed.warnings.length > 0 ? null : (writtenIn(decoded.text)?.marks ?? null);
    const plain = marks !== null && isPlain(feed, marks.items.length);
    return { ...clean(feed, context), read: 'all', hashes: plain ? marks : null };
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
