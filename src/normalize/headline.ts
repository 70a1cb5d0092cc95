/** The title of an article: plain, never empty, without the name of the paper at its end. */
import type { Item } from '../model/item.js';
import { firstSentence } from '../text/cut.js';
import { lettersOnly } from '../text/plain.js';
import { lineOf } from './wording.js';

const FALLBACK_LIMIT = 80;

/** What the source calls it, without " | Publication", " - Publication" or " – Publication"; empty where it has no title. */
export function headlineOf(item: Item, publications: readonly string[]): string {
  let title = lineOf(item.title);
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
  const names = publications.map(lettersOnly).filter((name) => name !== '');
  for (const name of publications) {
    const cut = title.length - name.length;
    if (name !== '' && cut > 0 && title.slice(cut).toLowerCase() === name.toLowerCase()) {
      const match = /^(.*\S)\s+[|\-–—·•]\s+$/su.exec(title.slice(0, cut));
      if (match !== null) return match[1]!;
    }
  }
  const match = SUFFIX.exec(title);
  return match !== null && names.includes(lettersOnly(match[2]!)) ? match[1]! : title;
}
