/** Validators: which may be sent, and which are kept of an answer. They are opaque: never parsed, trimmed or made up (RFC 9110 8.8). */
import type { FetchState, Validators } from '../model/source.js';

/** Those of the body that we read last. Without such a body a 304 would leave us empty-handed, so nothing is sent. */
export function validatorsToSend(state: FetchState): Validators | null {
  const { validators, bodyHash } = state;
  if (validators === null || bodyHash === null) return null;
  return validators.etag === null && validators.lastModified === null ? null : validators;
}

/** RFC 9111 4.3.4: a 304 renews the fields that it names and leaves the others; the body that they belong to is the stored one. */
export function renewedBy304(stored: Validators | null, given: Validators): Validators {
  return {
    url: given.url,
    etag: given.etag ?? stored?.etag ?? null,
    lastModified: given.lastModified ?? stored?.lastModified ?? null,
  };
}
