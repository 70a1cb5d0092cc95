/** How much of one document we are willing to read. Reasons were measured, the values are choices. */
export const PARSE_LIMITS = {
  /** Bytes of a document, before and after decoding. */
  documentBytes: 10 * 1024 * 1024,
  /** Elements inside each other; deeper ones lose their tags and keep their text. */
  depth: 256,
  /** Items kept, newest first in line. */
  items: 2000,
  /** UTF-16 units of one item's HTML. */
  html: 512 * 1024,
  /** UTF-16 units of a title, name, category or address. */
  line: 2000,
  /** Entries of one list of one item: categories, links, people, media. */
  list: 200,
  /** UTF-16 units that a document's own entities may add in total. */
  entityText: 64 * 1024,
  /** Different warnings of one document. */
  warnings: 40,
} as const;

/** The beginning of a text, never half of a surrogate pair. */
export function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
