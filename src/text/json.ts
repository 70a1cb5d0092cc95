/** Putting strings into JSON, without what I-JSON (RFC 7493) and our other formats may not hold. */
import { legalText } from './xml.js';

const PLAIN = /^[^"\\\0-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]*$/;

/** With its quotes. */
export function jsonText(value: string): string {
  return PLAIN.test(value) ? `"${value}"` : JSON.stringify(legalText(value));
}
