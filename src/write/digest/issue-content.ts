/** Writes an issue as plain HTML for feeds: headings, paragraphs and links without styles. */
import type { IssueBody, IssueItem, IssueLink } from '../../model/digest.js';
import { htmlSafe } from '../../text/escape.js';
import { fill, type Labels } from '../html/labels.js';
import { formatDate } from '../html/moment.js';

export function issueContent({ introduction, items }: IssueBody, labels: Labels): string {
  const body =
    items.length === 0 ? [`<p>${htmlSafe(labels.nothing)}</p>`] : items.map((item) => itemHtml(item, labels));
  return [...(introduction === undefined ? [] : [introduction]), ...body].join('\n');
}

function itemHtml(item: IssueItem, labels: Labels): string {
  const { title, publication, publishedAt, summary, language } = item;
  const lang = language === null ? '' : ` lang="${htmlSafe(language)}"`;
  return [
    `<h2${lang}><a href="${htmlSafe(item.url)}">${htmlSafe(title)}</a></h2>`,
    `<p><strong>${htmlSafe(publication)}</strong> · ${htmlSafe(formatDate(labels, publishedAt).text)}</p>`,
    ...(summary === '' ? [] : [`<p${lang}>${htmlSafe(summary)}</p>`]),
    ...othersHtml(item, labels),
  ].join('\n');
}

function othersHtml({ others, more }: IssueItem, labels: Labels): string[] {
  if (others.length + more === 0) return [];
  const names = others.map(({ url, publication }: IssueLink) => {
    return `<a href="${htmlSafe(url)}">${htmlSafe(publication)}</a>`;
  });
  const rest = more === 0 ? '' : ` ${htmlSafe(fill(labels.alsoMore, { n: more }))}`;
  return [`<p>${htmlSafe(labels.alsoReportedBy)} ${names.join(', ')}${rest}</p>`];
}
