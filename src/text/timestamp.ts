/** Formats dates for feeds: whole seconds, UTC, independent of the locale. */

/** `2026-11-25T13:29:50Z`. Throws RangeError for an invalid date. */
export function formatRfc3339(date: Date): string {
  return `${date.toISOString().slice(0, -5)}Z`;
}

/** With a four-digit year: `Wed, 25 Nov 2026 13:29:50 +0000`. Throws RangeError for an invalid date. */
export function formatRfc822(date: Date): string {
  if (Number.isNaN(date.getTime())) throw new RangeError('Invalid time value');
  // ECMA-262 2018 (21.4.4.43) fixes the format of toUTCString.
  return `${date.toUTCString().slice(0, -3)}+0000`;
}
