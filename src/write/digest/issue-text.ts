/** Writes an issue as the plain-text part of a mail. */

import type { IssueBody, IssueItem } from '../../model/digest.js';
import { toOneLine } from '../../text/cut.js';
import { htmlToText } from '../../text/html.js';
import { fill, type Labels } from '../html/labels.js';
import { formatDate } from '../html/moment.js';

/** Characters per line. Longer addresses are not broken. */
const LINE = 72;

/** `url`: address of the issue's page; null: it has none. */
export function issueText(
  { introduction = '', items }: IssueBody,
  about: { readonly heading: string; readonly siteTitle: string; readonly url: string | null },
  labels: Labels,
): string {
  const { heading, siteTitle, url } = about;
  const head = [siteTitle, heading, '='.repeat(Math.min(LINE, [...heading].length))];
  const opening = htmlToText(introduction)
    .split('\n')
    .flatMap((line) => (line === '' ? [] : wrapped(line).join('\n')));
  const body = items.length === 0 ? [labels.nothing] : items.map((item, i) => itemText(item, i + 1, labels));
  const foot = url === null ? [] : [`${labels.onTheWeb}:\n${url}`];
  return `${[head.join('\n'), ...opening, ...body, ...foot].join('\n\n')}\n`;
}

function itemText(item: IssueItem, place: number, labels: Labels): string {
  const { title, publication, publishedAt, summary, url, others, more } = item;
  const names = others.map((other) => other.publication).join(', ');
  const rest = more === 0 ? '' : ` ${fill(labels.alsoMore, { n: more })}`;
  return [
    ...wrapped(`${place}. ${toOneLine(title)}`),
    `${toOneLine(publication)}, ${formatDate(labels, publishedAt).text}`,
    url,
    ...wrapped(summary),
    ...(others.length + more === 0 ? [] : wrapped(`${labels.alsoReportedBy} ${names}${rest}`)),
  ].join('\n');
}

/** Breaks lines at spaces. An empty text has no lines. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of toOneLine(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE) lines[lines.length - 1] = `${last} ${word}`;
    else if (word !== '') lines.push(word);
  }
  return lines;
}
