/** Cleans the title of an article, or creates a missing one. */
import { cacheByObject } from '../text/cached.js';
import { extractFirstSentence } from '../text/cut.js';
import { lettersOnly } from '../text/plain.js';
import { findOutlet } from './attribution/outlets.js';
import { isSiteName, matchesName } from './attribution/publication-name.js';

const FALLBACK_LIMIT = 80;

/**
 * Removes the publication from the end of a title (" | Publication"), if it is in `publications` or the site of `url`.
 * @param ending common to the source's titles (`findCommonEnding`).
 */
export function cleanHeadline(
  full: string,
  publications: readonly string[],
  ending: string,
  url: string | null,
): string {
  const bare = ending !== '' && full.endsWith(ending) ? full.slice(0, -ending.length).trimEnd() : full;
  let title = DATE.test(bare) ? full : bare;
  for (
    let shorter = stripSuffix(title, publications, url);
    shorter !== title && !DATE.test(shorter);
    shorter = stripSuffix(title, publications, url)
  )
    title = shorter;
  return title;
}

/** Without the name of the broadcast, "18.03.2022" or "Friday, 18 March 2022" says nothing. */
const DATE = /^(?:[^\p{L}]*|(?:\p{L}+\.?,? )?(?:\p{L}+\.? )?\d{1,2}(?:\.|st|nd|rd|th)?,? (?:\p{L}+\.?,? ){0,3}\d{4})$/u;

export function createFallbackTitle(text: string, publication: string, publishedAt: Date | null): string {
  const sentence = extractFirstSentence(text, FALLBACK_LIMIT);
  if (sentence !== '') return sentence;
  return publishedAt === null ? publication : `${publication}, ${publishedAt.toISOString().slice(0, 10)}`;
}

const SUFFIX = /^(.+?\S)\s+[|\-–—·•:]\s+([^|–—·•]+?)$/su;

function stripSuffix(title: string, publications: readonly string[], url: string | null): string {
  for (const name of publications) {
    const cut = title.length - name.length;
    if (name !== '' && cut > 0 && title.slice(cut).toLowerCase() === name.toLowerCase()) {
      const match = /^(.*\S)\s+[|\-–—·•]\s+$/su.exec(title.slice(0, cut));
      if (match !== null) return match[1]!;
    }
  }
  const match = SUFFIX.exec(title);
  const ending = match === null ? '' : lettersOnly(match[2]!);
  const isNamed = ending !== '' && (listLetters(publications).includes(ending) || isOutletName(match![2]!, url));
  return isNamed ? match![1]! : title;
}

const listLetters = cacheByObject((publications: readonly string[]) => publications.map(lettersOnly));

function isOutletName(ending: string, url: string | null): boolean {
  if (url === null) return false;
  const outlet = findOutlet(url);
  return isSiteName(ending, url) || (outlet !== null && matchesName(ending, [outlet]));
}

const TITLES_TO_LEARN_FROM = 5;
const COMMON_SHARE = 0.8;

/** The ending of most titles (" | Evening News", not "– Week 34"), with its separator; '': none, or too few titles. */
export function findCommonEnding(titles: readonly string[]): string {
  if (titles.length < TITLES_TO_LEARN_FROM) return '';
  const counts = new Map<string, number>();
  for (const title of titles) {
    const ending = ENDING.exec(title)?.[0];
    if (ending !== undefined && /^[^\d]*\p{L}[^\d]*$/u.test(ending)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].find(([, count]) => count >= titles.length * COMMON_SHARE)?.[0] ?? '';
}

const ENDING = /(?<=\S)\s+(?:[|–—·•»-]|::)\s+[^|–—·•»]{2,60}$/u;
