/** Limits of what is read from one document. */
export const PARSE_LIMITS = {
  /** Size of a document, before and after decoding. */
  documentBytes: 10 * 1024 * 1024,
  /** Nesting depth of elements; deeper ones lose their tags and keep their text. */
  depth: 256,
  /** Number of items kept, the newest. */
  items: 2000,
  /** UTF-16 code units of one item's HTML. */
  html: 512 * 1024,
  /** UTF-16 code units of a title, name, category or address. */
  line: 2000,
  /** Entries of each list in one item: categories, links, people, media. */
  list: 200,
  /** UTF-16 code units that a document's own entities may add in total. */
  entityText: 64 * 1024,
  /** Number of distinct warnings per document. */
  warnings: 40,
} as const;

/** The beginning of a text, without half of a surrogate pair at its end. */
export function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
