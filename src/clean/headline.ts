/** Cleans the title of an article, and provides one where it is missing. */
import { firstSentence } from '../text/cut.js';
import { lettersOnly } from '../text/plain.js';

const FALLBACK_LIMIT = 80;

/** Removes " | Publication", " - Publication" or " – Publication" from a title (a plain line); empty where nothing is left. */
export function headlineOf(full: string, publications: readonly string[]): string {
  let title = full;
  for (
    let shorter = withoutSuffix(title, publications);
    shorter !== title;
    shorter = withoutSuffix(title, publications)
  )
    title = shorter;
  return title;
}

/** A title for an item without one: its first sentence, else publication and day. */
export function standInTitle(text: string, publication: string, publishedAt: Date | null): string {
  const sentence = firstSentence(text, FALLBACK_LIMIT);
  if (sentence !== '') return sentence;
  return publishedAt === null ? publication : `${publication}, ${publishedAt.toISOString().slice(0, 10)}`;
}

const SUFFIX = /^(.+?\S)\s+[|\-–—·•:]\s+([^|–—·•]+?)$/su;

function withoutSuffix(title: string, publications: readonly string[]): string {
  for (const name of publications) {
    const cut = title.length - name.length;
    if (name !== '' && cut > 0 && title.slice(cut).toLowerCase() === name.toLowerCase()) {
      const match = /^(.*\S)\s+[|\-–—·•]\s+$/su.exec(title.slice(0, cut));
      if (match !== null) return match[1]!;
    }
  }
  const match = SUFFIX.exec(title);
  const ending = match === null ? '' : lettersOnly(match[2]!);
  return ending !== '' && publications.some((name) => lettersOnly(name) === ending) ? match![1]! : title;
}
