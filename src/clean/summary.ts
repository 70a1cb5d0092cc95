/** Creates the summary of an article: plain, short, without suffixes of publishing software. */
import { cutText } from '../text/cut.js';
import { lettersOnly } from '../text/plain.js';
import { withoutBoilerplateLines } from './boilerplate.js';
import { mayHaveReadMoreSuffix, READ_MORE_SUFFIXES } from './read-more-suffixes.js';

export const SUMMARY_LIMIT = 500;

export interface Repeated {
  /** Alone or followed by the name of a publication; empty: missing. */
  readonly title: string;
  /** The title as in the source. */
  readonly full: string;
  readonly publications: readonly string[];
}

/** At most 500 characters of the source's summary, else of the body. Empty if both only repeat the title. */
export function summaryOf(teaser: string, body: string, repeated: Repeated): string {
  return cutText(distinct(teaser, repeated) || distinct(body, repeated), SUMMARY_LIMIT);
}

function distinct(text: string, repeated: Repeated): string {
  const line = summaryLine(withoutHeading(text, repeated));
  const letters = lettersOnly(line);
  return letters === '' || repeats(letters, repeated) ? '' : line;
}

/** Drops a first line that repeats the title. */
function withoutHeading(text: string, { title, full }: Repeated): string {
  const end = text.indexOf('\n');
  const first = end === -1 ? '' : lettersOnly(text.slice(0, end));
  return first !== '' && (first === lettersOnly(title) || first === lettersOnly(full)) ? text.slice(end + 1) : text;
}

function summaryLine(prose: string): string {
  const text = withoutBoilerplateLines(prose);
  if (!mayHaveReadMoreSuffix(text)) return text.trimEnd().replaceAll('\n', ' ');
  return withoutReadMoreSuffixes(withoutReadMoreSuffixes(text).replaceAll('\n', ' '));
}

function repeats(letters: string, { title, full, publications }: Repeated): boolean {
  if (title === '') return false;
  const own = lettersOnly(title);
  if (letters === own || letters === lettersOnly(full)) return true;
  const before = own === '' ? '' : `${own} `;
  return letters.startsWith(before) && publications.some((name) => letters === before + lettersOnly(name));
}

/** Suffixes may follow each other ("… Read more The post … appeared first on …"). */
function withoutReadMoreSuffixes(text: string): string {
  let before = text;
  for (let round = 0; round < 4; round++) {
    const after = READ_MORE_SUFFIXES.reduce(
      (rest, [pattern, instead]) => rest.replace(pattern, instead),
      before,
    ).trimEnd();
    if (after === before) break;
    before = after;
  }
  return before;
}
