/** Limits of what is read from one document. */
export const PARSE_LIMITS = {
  /** Size of a document, before and after decoding. */
  documentBytes: 10 * 1024 * 1024,
  /** Nesting depth. Deeper elements lose their tags and keep their text. */
  depth: 256,
  /** The newest are kept. */
  items: 2000,
  /** UTF-16 code units of one item's HTML. */
  html: 512 * 1024,
  /** UTF-16 code units of a title, name, category or address. */
  line: 2000,
  /** Entries per list of an item: categories, links, people, media. */
  list: 200,
  /** UTF-16 code units that a document's own entities may add. */
  entityText: 64 * 1024,
  warnings: 40,
} as const;

/** Never splits a surrogate pair. */
export function truncateText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
