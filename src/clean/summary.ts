/** Creates the summary of an article: plain, short, without suffixes of publishing software. */
import { cutText } from '../text/cut.js';
import { lettersOnly } from '../text/plain.js';
import { removeBoilerplate } from './boilerplate.js';
import { stripReadMoreSuffixes } from './read-more-suffixes.js';

export const SUMMARY_LIMIT = 500;

export interface Repeated {
  /** Alone or followed by the name of a publication; empty: missing. */
  readonly title: string;
  /** The title as in the source. */
  readonly full: string;
  readonly publications: readonly string[];
}

/** At most 500 characters of the source's summary, else of the body. Empty if both only repeat the title. */
export function createSummary(teaser: string, body: string, repeated: Repeated): string {
  return cutText(toDistinctSummary(teaser, repeated) || toDistinctSummary(body, repeated), SUMMARY_LIMIT);
}

function toDistinctSummary(text: string, repeated: Repeated): string {
  const line = toSummaryLine(stripHeading(text, repeated));
  const letters = lettersOnly(line);
  return letters === '' || repeatsTitle(letters, repeated) ? '' : line;
}

/** Drops a first line that repeats the title. */
function stripHeading(text: string, { title, full }: Repeated): string {
  const end = text.indexOf('\n');
  const first = end === -1 ? '' : lettersOnly(text.slice(0, end));
  return first !== '' && (first === lettersOnly(title) || first === lettersOnly(full)) ? text.slice(end + 1) : text;
}

function toSummaryLine(prose: string): string {
  const text = removeBoilerplate(prose);
  return stripReadMoreSuffixes(text.includes('\n') ? stripReadMoreSuffixes(text).replaceAll('\n', ' ') : text);
}

function repeatsTitle(letters: string, { title, full, publications }: Repeated): boolean {
  if (title === '') return false;
  const own = lettersOnly(title);
  if (letters === own || (full !== title && letters === lettersOnly(full))) return true;
  const before = own === '' ? '' : `${own} `;
  return letters.startsWith(before) && publications.some((name) => letters === before + lettersOnly(name));
}
