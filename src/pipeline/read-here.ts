/** One document, parsed and made clean in whichever thread this is called. */
import type { TopicTag } from '../model/article.js';
import type { CleanContext, CleanDocument } from '../model/document.js';
import { ParseError } from '../model/errors.js';

export interface ReadTask {
  readonly body: Uint8Array;
  readonly about: { readonly contentType: string | null; readonly url: string };
  readonly context: CleanContext;
  readonly news: News;
}

/** How much of a document will be new to us: of one that was never read before, nearly all. */
export type News = 'most' | 'some';

/** A document as a reader hands it over. */
export interface ReadDocument extends CleanDocument {
  /** Of each draft, in their order, as this source alone carries it; null: not tagged yet. */
  readonly tags: readonly (readonly TopicTag[])[] | null;
}

let rooms: ReturnType<typeof load> | null = null;

/** What reading needs is a third of the program, and a run in which nothing is new needs none of it. */
export function prepareToRead(): ReturnType<typeof load> {
  rooms ??= load();
  return rooms;
}

async function load() {
  const [{ clean }, { parseFeed }] = await Promise.all([import('../normalize/clean.js'), import('../parse/parse.js')]);
  return { clean, parseFeed };
}

/** @throws {ParseError} */
export async function readHere({ body, about, context }: Omit<ReadTask, 'news'>): Promise<ReadDocument> {
  const { clean, parseFeed } = await prepareToRead();
  try {
    return { ...clean(await parseFeed(body, about), context), tags: null };
  } catch (error) {
    if (error instanceof RangeError) throw tooMuch(error);
    throw error;
  }
}

/** The stack, or a string longer than the engine has. */
function tooMuch(cause: RangeError): ParseError {
  return new ParseError('PARSE_LIMIT', 'the document is nested too deeply or too large', { cause });
}
