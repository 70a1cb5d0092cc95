/** Relative references against the base that is in scope (RFC 3986 5, XML Base). */

/** Has a scheme of its own. */
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

/** The address that a reference means. An absolute one, and one that no base can resolve, stays as it was written. */
export function resolveUrl(reference: string, base: string | null): string {
  const trimmed = reference.trim();
  if (base === null || isAbsolute(trimmed)) return trimmed;
  try {
    return new URL(trimmed, base).href;
  } catch {
    return trimmed;
  }
}

/** `scheme:…`; but `http:path` without slashes is relative to a base of the same scheme, as browsers read it. */
function isAbsolute(reference: string): boolean {
  if (reference.startsWith('https://') || reference.startsWith('http://')) return true;
  return ABSOLUTE.test(reference) && !/^https?:(?!\/\/)/i.test(reference);
}

export function isWebAddress(reference: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(reference);
}

/** Attributes of HTML that hold an address. */
export const ADDRESS_ATTRIBUTES: ReadonlySet<string> = new Set(
  'href src cite action longdesc data background poster usemap profile classid codebase'.split(' '),
);
