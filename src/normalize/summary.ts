/** The summary of an article: plain, short, without what a publisher's software hangs on it. */
import { cutText } from '../text/cut.js';
import { lettersOnly } from '../text/plain.js';
import { MAY_HAVE_TRAILER, TRAILERS } from './trailers.js';

const SUMMARY_LIMIT = 500;

/**
 * At most 500 characters of what the source says in short, else of its first paragraphs; empty where that merely repeats one
 * of `titles`.
 */
export function summaryOf(teaser: string, body: string, titles: readonly string[]): string {
  const short = distinct(teaser, titles);
  const text = short !== '' || lettersOnly(teaser) !== '' ? short : distinct(body, titles);
  return cutText(text, SUMMARY_LIMIT);
}

function distinct(text: string, titles: readonly string[]): string {
  const line = withoutTrailers(withoutTrailers(text).replaceAll('\n', ' '));
  const letters = lettersOnly(line);
  return letters === '' || titles.some((title) => lettersOnly(title) === letters) ? '' : line;
}

/** Trailers stand one after another ("… Read more The post … appeared first on …"). */
function withoutTrailers(text: string): string {
  if (!MAY_HAVE_TRAILER.test(text)) return text.trimEnd();
  let before = text;
  for (let round = 0; round < 4; round++) {
    const after = TRAILERS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), before).trimEnd();
    if (after === before) break;
    before = after;
  }
  return before;
}
