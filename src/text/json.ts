/** Writes JSON strings without characters that I-JSON (RFC 7493) or our other formats forbid. */
import { legalText } from './xml.js';

/** Includes the quotes. */
export function jsonText(value: string): string {
  return JSON.stringify(legalText(value));
}
