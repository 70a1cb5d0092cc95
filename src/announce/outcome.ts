/** Determines the outcome of a message from the response. */
import type { TargetAnswer, TargetKind } from './target.js';

/** `later`: not accepted, may be retried. `refused`: retrying is useless until something changes. `unknown`: may have been accepted. */
export interface SendOutcome {
  readonly kind: 'sent' | 'later' | 'refused' | 'unknown';
  /** Reason for the editor, without URLs and text from the target. */
  readonly why: string;
}

const WORDS: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'the key or token is invalid',
  403: 'access is forbidden',
  404: 'nothing found at this URL',
  410: 'the URL has been removed permanently',
  413: 'the message is too long',
  422: 'the message was rejected',
  429: 'too many requests',
};

const ABOUT_MESSAGE = new Set([400, 413, 415, 422]);

export function readOutcome(
  { status, body }: Pick<TargetAnswer, 'status' | 'body'>,
  { answersJson }: Pick<TargetKind, 'answersJson'>,
): SendOutcome {
  if (status >= 200 && status < 300) {
    if (!answersJson || body.trimStart().startsWith('{')) return { kind: 'sent', why: '' };
    return createUnexpectedOutcome(status);
  }
  const words = WORDS[status] ?? (status < 400 ? 'it redirects; configure the new URL' : 'server error');
  const why = `answered ${status}: ${words}`;
  if (ABOUT_MESSAGE.has(status)) return { kind: 'refused', why };
  // RFC 9110 15.6.4: 503 means that the request was not handled. Other server errors leave that open.
  return { kind: status >= 500 && status !== 503 ? 'unknown' : 'later', why };
}

/** A web page at a wrong URL, or another service, may answer 200 to any request. */
export function createUnexpectedOutcome(status: number): SendOutcome {
  return { kind: 'unknown', why: `answered ${status}, but not in the format of this service; check the URL` };
}

/** Failure reasons that occur before anything is sent. */
const BEFORE_SENDING = new Set(['connect', 'refused', 'unreachable', 'files', 'proxy', 'bad-header']);

/** Outcome without a response. `code` and `reason`: of a FetchError. */
export function toFailureOutcome(code: string, reason: unknown): SendOutcome {
  const unsent = /^FETCH_(?:DNS|TLS|FORBIDDEN)$/.test(code) || BEFORE_SENDING.has(String(reason));
  const words: Readonly<Record<string, string>> = {
    FETCH_DNS: 'unknown host name',
    FETCH_TLS: 'the TLS connection failed',
    FETCH_FORBIDDEN: 'it has a private address. To allow it, set "allowPrivateAddresses: true" for the target',
    FETCH_TIMEOUT: 'it did not respond in time',
  };
  return { kind: unsent ? 'later' : 'unknown', why: words[code] ?? 'the connection failed' };
}

/** Seconds to wait according to the body: Telegram's `parameters.retry_after`, Discord's `retry_after`. */
export function readRetryAfterSeconds(body: string): number | null {
  const [, seconds] = /"retry_after"\s*:\s*(\d+(?:\.\d+)?)/.exec(body) ?? [];
  return seconds === undefined ? null : Number(seconds);
}
