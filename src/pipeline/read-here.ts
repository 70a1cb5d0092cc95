/** One document, parsed and made clean in whichever thread this is called. */
import type { TopicTag } from '../model/article.js';
import type { CleanContext, CleanDocument } from '../model/document.js';
import { NewsloomError, ParseError } from '../model/errors.js';
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

/** What the main thread says to a reading thread when it wants the next part of a document; anything else is a task. */
export const MORE = 'more';

/** An error as it crosses threads, where classes are lost. */
export type SentError =
  | { readonly kind: 'parse'; readonly code: string; readonly message: string; readonly details: object }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string };

export function errorToSend(error: unknown): SentError {
  if (error instanceof NewsloomError) {
    return { kind: 'parse', code: error.code, message: error.message, details: { ...error.details } };
  }
  const bug = error instanceof Error ? error : new Error(String(error));
  return { kind: 'bug', message: bug.message, stack: bug.stack ?? '' };
}

export function errorFromSent(sent: SentError): Error {
  if (sent.kind === 'bug') return Object.assign(new Error(sent.message), { stack: sent.stack });
  const code = sent.code as ConstructorParameters<typeof ParseError>[0];
  return new ParseError(code, sent.message, { details: { ...sent.details } });
}
