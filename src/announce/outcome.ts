/** Reads from an answer what became of a message. */
import type { TargetAnswer, TargetKind } from './target.js';

/** `later`: it was not taken, and may be sent again. `refused`: neither, unless something changes. `unknown`: it may have been taken. */
export interface SendOutcome {
  readonly kind: 'sent' | 'later' | 'refused' | 'unknown';
  /** Words for the editor, without addresses and the target's own words. */
  readonly why: string;
}

const WORDS: Readonly<Record<number, string>> = {
  400: 'it does not understand the message',
  401: 'it wants another key or token',
  403: 'it is closed to us',
  404: 'there is nothing at this address',
  410: 'it was taken down for good',
  413: 'the message is too long for it',
  422: 'it does not take such a message',
  429: 'it was sent too much',
};

/** A refusal of the message itself, not of everything that we send. */
const ABOUT_MESSAGE = new Set([400, 413, 415, 422]);

export function outcomeOf(
  { status, body }: Pick<TargetAnswer, 'status' | 'body'>,
  { answersJson }: Pick<TargetKind, 'answersJson'>,
): SendOutcome {
  if (status >= 200 && status < 300) {
    if (!answersJson || body.trimStart().startsWith('{')) return { kind: 'sent', why: '' };
    return unlikeSuchAService(status);
  }
  const words =
    WORDS[status] ?? (status < 400 ? 'it redirects: its new address belongs into the config' : 'it has a fault');
  const why = `answered ${status}: ${words}`;
  if (ABOUT_MESSAGE.has(status)) return { kind: 'refused', why };
  // RFC 9110 15.6.4: 503 says that it could not be handled; after another fault of a server nobody knows.
  return { kind: status >= 500 && status !== 503 ? 'unknown' : 'later', why };
}

/** A web page at a wrong address, or a service of another kind, may say 200 to everything. */
export function unlikeSuchAService(status: number): SendOutcome {
  return { kind: 'unknown', why: `answered ${status}, but not as such a service does: its address may be wrong` };
}

/** Nothing was sent before one of these. */
const BEFORE_SENDING = new Set(['connect', 'refused', 'unreachable', 'files', 'proxy', 'bad-header']);

/** Where there was no answer. `code` and `reason`: of a FetchError. */
export function outcomeOfFailure(code: string, reason: unknown): SendOutcome {
  const unsent = /^FETCH_(?:DNS|TLS|FORBIDDEN)$/.test(code) || BEFORE_SENDING.has(String(reason));
  const words: Readonly<Record<string, string>> = {
    FETCH_DNS: 'its host name is not known',
    FETCH_TLS: 'no secure connection could be made',
    FETCH_FORBIDDEN: 'it is on a private address; if that is meant, give it "allowPrivateAddresses: true"',
    FETCH_TIMEOUT: 'it did not answer in time',
  };
  return { kind: unsent ? 'later' : 'unknown', why: words[code] ?? 'the connection failed' };
}

/** Seconds that the answer asks to wait, where it says so in its body: Telegram's `parameters.retry_after`, Discord's `retry_after`. */
export function retryAfterInBody(body: string): number | null {
  const [, seconds] = /"retry_after"\s*:\s*(\d+(?:\.\d+)?)/.exec(body) ?? [];
  return seconds === undefined ? null : Number(seconds);
}
