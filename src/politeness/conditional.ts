/** Selects validators for conditional requests. They are opaque: never parsed or made up (RFC 9110 8.8). */
import type { FetchState, Validators } from '../model/source.js';

/** null without a body, because a 304 would then bring nothing. */
export function selectValidators(state: FetchState): Validators | null {
  const { validators, bodyHash } = state;
  if (validators === null || bodyHash === null) return null;
  return validators.etag === null && validators.lastModified === null ? null : validators;
}

/** RFC 9111 4.3.4: a 304 updates the validators that it sends and keeps the others. */
export function mergeValidators(stored: Validators | null, given: Validators): Validators {
  return {
    url: given.url,
    etag: given.etag ?? stored?.etag ?? null,
    lastModified: given.lastModified ?? stored?.lastModified ?? null,
  };
}
