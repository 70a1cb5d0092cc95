/** Splits a JSON Feed into its items, for `item-hashes.ts`. */

/** `envelope`: the text around the items. */
export interface DocumentPieces {
  readonly envelope: string;
  readonly items: readonly string[];
  withOnly(places: readonly number[]): string;
}

/** Splitting holds a document in memory three times. */
const LARGEST = 1024 * 1024;

/** null: not a JSON object with a list of items, or too large. */
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
    // Not well-formed, or nested too deeply for JSON.stringify.
    return null;
  }
}
