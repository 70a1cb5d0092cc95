/** Putting strings into JSON, without what I-JSON (RFC 7493) and our other formats may not hold. */
import { legalText } from './xml.js';

/** With its quotes. */
export function jsonText(value: string): string {
  return JSON.stringify(legalText(value));
}
