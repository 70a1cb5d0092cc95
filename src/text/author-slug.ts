/** Derives the channel of an author from the name, so that its address depends on nothing else. */
import { lettersOnly } from './plain.js';
import { toSlug } from './slug.js';
import { foldDiacritics } from './stem.js';
import { toLatinWords } from './url/source-id.js';

/** Folder of the channels of authors. */
export const AUTHORS = 'authors';

/**
 * `José García-Ruiz` → `jose-garcia-ruiz`. Names that differ only in case, accents or punctuation are one author. Names in other scripts
 * have a hash. Empty: no letters.
 */
export function toAuthorSlug(name: string): string {
  const letters = foldDiacritics(lettersOnly(name)).replaceAll('ß', 'ss');
  return letters === '' || /^[a-z0-9 ]+$/.test(letters) ? toLatinWords(letters) : toSlug(letters);
}
