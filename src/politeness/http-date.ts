/** Parses HTTP dates in their three formats (RFC 9110 5.6.7). */

const HAS_ZONE = /(?:GMT|UTC|Z|[+-]\d{4})\s*$/i;

/** null: missing or not a date. The asctime format has no zone and means GMT. */
export function parseHttpDate(value: string | undefined): Date | null {
  if (value === undefined || !/^\s*[A-Za-z]{3,9},?\s/.test(value)) return null;
  const time = Date.parse(HAS_ZONE.test(value) ? value : `${value} GMT`);
  return Number.isNaN(time) ? null : new Date(time);
}
