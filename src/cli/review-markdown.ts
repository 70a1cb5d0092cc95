/** A review as Markdown: no stranger's word in it is more than a word, and it is never too long for a comment. */
import type { ExampleArticle } from '../app/review/examples.js';
import type { Review } from '../app/review/review.js';
import { markdownTable, markdownText } from './markdown.js';
import { reviewNotes, reviewSections, reviewSummary } from './review-lines.js';
import { counted } from './table.js';

/** GitHub takes 65,536 characters; some are left to whoever adds a line. */
const MOST_BYTES = 64_000;

/** What stands together. Rows that find no room are counted, the rest of it is always there. */
interface Section {
  readonly head: readonly string[];
  readonly rows: readonly string[];
  readonly tail?: readonly string[];
}

/** The first line names the section that it is about, as a comment: it finds an earlier review of it again. */
export function reviewMarkdown(review: Review, configPath: string): string {
  const marker = `<!-- newsloom review: ${configPath.replace(/[^\w./-]/g, '_').replace(/-{2,}/g, '-')} -->`;
  return bounded([
    {
      head: [marker, '### newsloom: what this change does', '', `${markdownText(reviewSummary(review))}.`, ''],
      rows: reviewNotes(review).map((note) => `- ${markdownText(note)}`),
    },
    ...reviewSections(review).flatMap(({ title, head, rows, examples }) => {
      const [, names = '', line = '', ...cells] = markdownTable(head, rows);
      return [
        { head: ['', `#### ${title}`, '', names, line], rows: cells },
        ...examples.map(([name, articles]) => foldedList(name, articles)),
      ];
    }),
  ]);
}

/** Folded away: the tables are what one looks at first. */
function foldedList(title: string, articles: readonly ExampleArticle[]): Section {
  return {
    head: ['', `<details><summary>${markdownText(title)}</summary>`, ''],
    rows: articles.map((one) => `- “${markdownText(one.title)}”, ${markdownText(one.publication)}`),
    tail: ['', '</details>'],
  };
}

/** Sections that find no room at all are counted as one row. */
function bounded(sections: readonly Section[]): string {
  const lines: string[] = [];
  let room = MOST_BYTES;
  let left = 0;
  for (const { head, rows, tail = [] } of sections) {
    const frame = bytesOf([...head, ...tail]);
    const fitting = rows.slice(0, rowsWithin(rows, room - frame));
    left += rows.length - fitting.length;
    if (fitting.length === 0 && rows.length > 0) continue;
    lines.push(...head, ...fitting, ...tail);
    room -= frame + bytesOf(fitting);
  }
  if (left > 0) lines.push('', `${counted(left, 'line')} found no room here; \`newsloom review\` shows all.`);
  return `${lines.join('\n')}\n`;
}

function rowsWithin(rows: readonly string[], room: number): number {
  let used = 0;
  const full = rows.findIndex((row) => {
    used += bytesOf([row]);
    return used > room;
  });
  return full < 0 ? rows.length : full;
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
