/** What the main thread and a reading thread say to each other. A task goes in, `Reply`s come back. */
import type { Draft } from '../../model/article.js';
import { NewsloomError, ParseError } from '../../model/errors.js';
import type { ReadDocument } from './read-document.js';

/**
 * `ready` comes once, when everything is loaded: no document's deadline pays for that. A document of many drafts comes in
 * parts, each after a `MORE`, so that taking it over never holds up the main thread for long; its last part is `document`.
 */
export type Reply =
  | { readonly ready: true }
  | { readonly part: readonly Draft[] }
  | { readonly document: ReadDocument }
  | { readonly error: SentError };

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
