/** Splits a JSON Feed into its items, for `item-hashes.ts`. */

/** `envelope`: the text around the items. */
export interface DocumentPieces {
  readonly envelope: string;
  readonly items: readonly string[];
  selectItems(places: readonly number[]): string;
}

/** Splitting holds a document in memory three times. */
const MAX_CHARACTERS = 1024 * 1024;

/** null: not a JSON object with a list of items, or too large. */
export function splitJson(text: string): DocumentPieces | null {
  if (text.length > MAX_CHARACTERS) return null;
  try {
    const feed: unknown = JSON.parse(text);
    if (typeof feed !== 'object' || feed === null || !('items' in feed) || !Array.isArray(feed.items)) return null;
    const list: readonly unknown[] = feed.items;
    const serializeFeed = (items: readonly unknown[]): string => JSON.stringify({ ...feed, items });
    return {
      envelope: serializeFeed([]),
      items: list.map((item) => JSON.stringify(item)),
      selectItems: (places) => serializeFeed(places.map((place) => list[place])),
    };
  } catch {
    // Not well-formed, or nested too deeply for JSON.stringify.
    return null;
  }
}
