/** The title of an article: plain, never empty, without the name of the paper at its end. */
import { firstSentence } from '../text/cut.js';
import { lettersOnly } from '../text/plain.js';

const FALLBACK_LIMIT = 80;

/** A title (a plain line) as the source calls it, without " | Publication", " - Publication" or " – Publication"; empty where it has no title. */
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

/** For an item without a title: the first sentence of what it says, else publication and day. */
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
