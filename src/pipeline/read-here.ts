/** One document, parsed and made clean in whichever thread this is called. */
import type { TopicTag } from '../model/article.js';
import type { CleanContext, CleanDocument } from '../model/document.js';
import { ParseError } from '../model/errors.js';
import { clean } from '../normalize/clean.js';
import { parseFeed } from '../parse/parse.js';

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

/** @throws {ParseError} */
export async function readHere({ body, about, context }: Omit<ReadTask, 'news'>): Promise<ReadDocument> {
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
