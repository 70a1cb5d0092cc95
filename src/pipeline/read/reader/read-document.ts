/** Parses and cleans one document in the current thread: all items, or only those that are not in the last one. */
import type { Draft } from '../../../model/article.js';
import type { CleanContext, CleanDocument, ItemHashes } from '../../../model/document.js';
import { ParseError } from '../../../model/errors.js';

export interface ReadTask {
  readonly body: Uint8Array;
  readonly about: { readonly contentType: string | null; readonly url: string };
  readonly context: CleanContext;
  /** Hashes of the last document, read with the same context and rules; null: read everything. */
  readonly last: ItemHashes | null;
}

export interface ReadResult extends CleanDocument {
  /** 'new': `drafts` omits the items in `last`. `hashes` gives their places, `place` those of the drafts. */
  readonly read: 'all' | 'new';
  /** null: two items are identical, or the document is irregular. */
  readonly hashes: ItemHashes | null;
}

/** Rejects with `ParseError` if the document is unreadable. */
export type Read = (task: ReadTask) => Promise<ReadResult>;

/** Loaded on demand: a run without news does not need it. */
export async function loadReading() {
  const [{ clean }, { decodeDocument }, { parseText }, { matchesHashes, hashItems }] = await Promise.all([
    import('../../../clean/clean.js'),
    import('../../../parse/encoding/decode.js'),
    import('../../../parse/parse.js'),
    import('../../../parse/item-hashes.js'),
  ]);
  return { clean, decodeDocument, parseText, agreesWithHashes: matchesHashes, hashItems };
}

/** Reads only new items where that is possible, else the whole document. @throws {ParseError} */
export async function readDirectly(task: ReadTask): Promise<ReadResult> {
  const onlyNew = await readNewItems(task, Number.POSITIVE_INFINITY);
  if (onlyNew !== null) return onlyNew;
  const { body, about, context } = task;
  try {
    const { clean, decodeDocument, parseText, agreesWithHashes, hashItems } = await loadReading();
    if (kindName(context) !== 'feed') {
      const { readByKind } = await import('../../../parse/kinds.js');
      const feed = await readByKind(context.source, { body, ...about });
      return { ...clean(feed, context), read: 'all', hashes: null };
    }
    const decoded = decodeDocument(body, about.contentType);
    const feed = await parseText(decoded, about.url);
    const hashes = feed.warnings.length > 0 ? null : (hashItems(decoded.text)?.hashes ?? null);
    const agrees = hashes !== null && agreesWithHashes(feed, hashes.items.length);
    return { ...clean(feed, context), read: 'all', hashes: agrees ? hashes : null };
  } catch (error) {
    throw toReadError(error);
  }
}

/**
 * Reads only items that are not in the last document. null: impossible because other parts changed or the document is irregular, or
 * more than `most` characters to read.
 * @throws {ParseError}
 */
export async function readNewItems({ body, about, context, last }: ReadTask, most: number): Promise<ReadResult | null> {
  if (last === null || kindName(context) !== 'feed') return null;
  try {
    const { clean, decodeDocument, parseText, agreesWithHashes, hashItems } = await loadReading();
    const { text, warnings } = decodeDocument(body, about.contentType);
    const hashed = warnings.length > 0 ? null : hashItems(text);
    if (hashed === null || hashed.hashes.envelopeHash !== last.envelopeHash) return null;
    const unchanged = new Set(last.items);
    const places = hashed.hashes.items.flatMap((hash, place) => (unchanged.has(hash) ? [] : place));
    const rest = hashed.selectItems(places);
    if (rest.length > most) return null;
    const feed = await parseText({ text: rest, warnings }, about.url).catch(() => null);
    if (feed === null || !agreesWithHashes(feed, places.length)) return null;
    const document = clean(feed, context);
    const drafts = document.drafts.map((draft): Draft => ({ ...draft, place: places[draft.place]! }));
    return { ...document, drafts, read: 'new', hashes: hashed.hashes };
  } catch (error) {
    throw toReadError(error);
  }
}

function kindName({ source: { own, reading } }: CleanContext): string {
  return own?.kind ?? reading?.kind ?? 'feed';
}

/** A stack overflow, or a string longer than the engine allows, is a limit of what is read. */
export function toReadError(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  return new ParseError('PARSE_LIMIT', 'the document is nested too deeply or too large', { cause: error });
}
