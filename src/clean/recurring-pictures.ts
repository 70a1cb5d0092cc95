/** A picture that many articles of a source share is a logo, a button or an advertisement, and shows none of them. */
import type { Draft } from '../model/article.js';

/** Fewer items than this share a picture by chance, or for one event. */
const FEWEST = 3;
/** The share of a document's items, and in long documents their number, from which on a picture says nothing of any of them. */
const SHARE = 1 / 3;
const MANY = 10;

/**
 * Keys of pictures that recur in a document, sorted.
 * @param pictures of each of its items, the keys of the candidates
 * @param before those found in the last document: they stay while any item has them, so that an article's picture does not come and go
 */
export function recurringPictures(pictures: readonly (readonly string[])[], before: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const keys of pictures) for (const key of new Set(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const known = new Set(before);
  const recurs = ([key, count]: readonly [string, number]) =>
    known.has(key) || (count >= FEWEST && count >= Math.min(MANY, pictures.length * SHARE));
  return [...counts]
    .filter(recurs)
    .map(([key]) => key)
    .sort();
}

export function keysOfPictures({ pictures }: Pick<Draft, 'pictures'>): string[] {
  return pictures.map(({ key }) => key);
}

/** The draft with its best picture that does not recur. */
export function withOwnPicture(draft: Draft, recurring: ReadonlySet<string>): Draft {
  if (recurring.size === 0) return draft;
  return { ...draft, image: draft.pictures.find(({ key }) => !recurring.has(key))?.image ?? null };
}
