/** A JSON Feed cut into its items, for `item-hashes.ts`. */

/** A document in pieces: what stands around its items, each item, and the document with only some of them. */
export interface DocumentPieces {
  readonly envelope: string;
  readonly items: readonly string[];
  withOnly(places: readonly number[]): string;
}

/** Characters. A larger document would be held in memory three times over. */
const LARGEST = 1024 * 1024;

/** Null where it is no JSON object with a list of items, or too large. */
export function splitJson(text: string): DocumentPieces | null {
  if (text.length > LARGEST) return null;
  try {
    const feed: unknown = JSON.parse(text);
    if (typeof feed !== 'object' || feed === null || !('items' in feed) || !Array.isArray(feed.items)) return null;
    const list: readonly unknown[] = feed.items;
    const withItems = (items: readonly unknown[]): string => JSON.stringify({ ...feed, items });
    return {
      envelope: withItems([]),
      items: list.map((item) => JSON.stringify(item)),
      withOnly: (places) => withItems(places.map((place) => list[place])),
    };
  } catch {
    // Not well-formed, or nested more deeply than can be written again.
    return null;
  }
}
