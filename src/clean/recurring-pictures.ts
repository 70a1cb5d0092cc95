/** Detects pictures that many articles of a source share, such as a logo, a button or an advertisement. */
import type { Draft } from '../model/article.js';

/** Fewer items may share a picture by chance, or for one event. */
const FEWEST = 3;
/** Share of a document's items, and a number for long documents, above which a picture recurs. */
const SHARE = 1 / 3;
const MANY = 10;

/**
 * Sorted keys of pictures that recur in a document.
 * @param pictures the candidates' keys of each item
 * @param before found in the last document. They stay while any item has them, so that pictures do not alternate.
 */
export function findRecurringPictures(pictures: readonly (readonly string[])[], before: readonly string[]): string[] {
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

export function listPictureKeys({ pictures }: Pick<Draft, 'pictures'>): string[] {
  return pictures.map(({ key }) => key);
}

export function selectOwnPicture(draft: Draft, recurring: ReadonlySet<string>): Draft {
  if (recurring.size === 0) return draft;
  return { ...draft, image: draft.pictures.find(({ key }) => !recurring.has(key))?.image ?? null };
}
