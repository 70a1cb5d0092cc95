/** Renders a review as Markdown: untrusted text is escaped, and the length fits a comment. */
import type { ExampleArticle } from '../app/review/examples.js';
import type { Review } from '../app/review/review.js';
import { escapeMarkdown, renderMarkdownTable } from './markdown.js';
import { listReviewNotes, listReviewSections, summarizeReview } from './review-lines.js';
import { formatCount } from './table.js';

/** GitHub accepts 65,536 characters. The rest is reserved for lines that the caller adds. */
const MOST_BYTES = 64_000;

/** Head and tail are printed if at least one row fits. Rows that do not fit are counted. */
interface Section {
  readonly head: readonly string[];
  readonly rows: readonly string[];
  readonly tail?: readonly string[];
}

/** The first line is a comment that names the section, so that CI can find an earlier review and replace it. */
export function renderReviewMarkdown(review: Review, configPath: string): string {
  const marker = `<!-- newsloom review: ${configPath.replace(/[^\w./-]/g, '_').replace(/-{2,}/g, '-')} -->`;
  return joinWithinLimit([
    {
      head: [marker, '### newsloom: effects of this change', '', `${escapeMarkdown(summarizeReview(review))}.`, ''],
      rows: listReviewNotes(review).map((note) => `- ${escapeMarkdown(note)}`),
    },
    ...listReviewSections(review).flatMap(({ title, head, rows, examples }) => {
      const [, names = '', line = '', ...cells] = renderMarkdownTable(head, rows);
      return [
        { head: ['', `#### ${title}`, '', names, line], rows: cells },
        ...examples.map(([name, articles]) => renderFoldedList(name, articles)),
      ];
    }),
  ]);
}

function renderFoldedList(title: string, articles: readonly ExampleArticle[]): Section {
  return {
    head: ['', `<details><summary>${escapeMarkdown(title)}</summary>`, ''],
    rows: articles.map((one) => `- “${escapeMarkdown(one.title)}”, ${escapeMarkdown(one.publication)}`),
    tail: ['', '</details>'],
  };
}

/** A section without a single fitting row is omitted, and its rows are counted. */
function joinWithinLimit(sections: readonly Section[]): string {
  const lines: string[] = [];
  let room = MOST_BYTES;
  let left = 0;
  for (const { head, rows, tail = [] } of sections) {
    const frame = countBytes([...head, ...tail]);
    const fitting = rows.slice(0, countFittingRows(rows, room - frame));
    left += rows.length - fitting.length;
    if (fitting.length === 0 && rows.length > 0) continue;
    lines.push(...head, ...fitting, ...tail);
    room -= frame + countBytes(fitting);
  }
  if (left > 0) lines.push('', `${formatCount(left, 'line')} omitted for length; \`newsloom review\` shows all.`);
  return `${lines.join('\n')}\n`;
}

function countFittingRows(rows: readonly string[], room: number): number {
  let used = 0;
  const full = rows.findIndex((row) => {
    used += countBytes([row]);
    return used > room;
  });
  return full < 0 ? rows.length : full;
}

function countBytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
