/** Resolves relative references against the base in scope (RFC 3986 5, XML Base). */

import { startsWithHost } from '../text/url/url.js';

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

/** Absolute and unresolvable references are returned unchanged. */
export function resolveUrl(reference: string, base: string | null): string {
  const trimmed = reference.trim();
  if (base === null || isAbsolute(trimmed)) return trimmed;
  try {
    return new URL(trimmed, base).href;
  } catch {
    return trimmed;
  }
}

/** `http:path` without slashes is relative to a base of the same scheme, as in browsers. */
function isAbsolute(reference: string): boolean {
  if (/^https?:\/\//.test(reference) || startsWithHost(reference)) return true;
  return ABSOLUTE.test(reference) && !/^https?:(?!\/\/)/i.test(reference);
}

export function isWebAddress(reference: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(reference);
}

export const ADDRESS_ATTRIBUTES: ReadonlySet<string> = new Set(
  'href src cite action longdesc data background poster usemap profile classid codebase'.split(' '),
);
