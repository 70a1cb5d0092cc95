/** A review as Markdown: no stranger's word in it is more than a word, and it is never too long for a comment. */
import type { ExampleArticle } from '../app/review/examples.js';
import type { Review } from '../app/review/review.js';
import { markdownTable, markdownText } from './markdown.js';
import { editionRows, goneWords, reviewNotes, reviewSummary, sourceAnswer, sourceRights } from './review-lines.js';
import { rulePlaceLine } from './rule-place.js';
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
  const notes = reviewNotes(review).map((note) => `- Note: ${markdownText(note)}`);
  const refused = review.refused === null ? [] : [`- **A build would refuse this** (${markdownText(review.refused)})`];
  const sections = [
    {
      head: [marker, '### newsloom: what this change does', '', `${markdownText(reviewSummary(review))}.`, ''],
      rows: [...refused, ...notes],
    },
    tableOf('Mistakes', ['where', 'key', 'what'], review.problems.map(problemRow)),
    tableOf('What is published', ['', 'becomes'], editionRows(review)),
    tableOf('Sources', ['source', 'address', 'what it holds', 'rights'], sourceRows(review)),
    ...review.sources.added.map(({ id, examples }) => listOf(`Headlines of ${id}`, examples)),
    tableOf(
      'Dropped by rules',
      ['rule', 'where', 'articles'],
      review.rules.drops.map(({ rule, at, articles }) => [rule, rulePlaceLine(at), String(articles)]),
    ),
    ...review.rules.drops.map(({ rule, examples }) => listOf(`Headlines dropped: ${rule}`, examples)),
    tableOf(
      'Topics and channels',
      ['', '', 'before', 'after', 'join', 'of new sources', 'leave'],
      review.channels.map(channelRow),
    ),
    ...review.channels.flatMap(({ label, joins, leaves }) => [
      listOf(`${label}: ${counted(joins.articles, 'article')} would join`, joins.examples),
      listOf(`${label}: ${counted(leaves.articles, 'article')} would leave`, leaves.examples),
    ]),
  ];
  return bounded(sections.filter(({ rows, head }) => rows.length > 0 || head[0] === marker));
}

function problemRow({ file, line, path, message }: Review['problems'][number]): string[] {
  return [line > 0 ? `${file}:${line}` : file, path, message];
}

function sourceRows(review: Review): string[][] {
  const { sources } = review;
  return [
    ...sources.added.map((one) => [
      `${one.state}: ${one.title} (${one.id})`,
      one.url,
      `${sourceAnswer(one)}${one.fix === null ? '' : `. ${one.fix}`}`,
      sourceRights(one),
    ]),
    ...sources.gone.map(({ id, title, articles }) => [`gone: ${title} (${id})`, '', goneWords(articles, review), '']),
  ];
}

function channelRow({ channel, label, state, before, after, joins, leaves }: Review['channels'][number]): string[] {
  const name = state === 'changed' ? label : `${label} (${state})`;
  return [name, channel, ...[before, after, joins.articles, joins.ofNewSources, leaves.articles].map(String)];
}

function tableOf(title: string, head: readonly string[], rows: readonly (readonly string[])[]): Section {
  const [, names = '', line = '', ...cells] = markdownTable(head, rows);
  return { head: ['', `#### ${title}`, '', names, line], rows: cells };
}

/** Folded away: the tables are what one looks at first. */
function listOf(title: string, examples: readonly ExampleArticle[]): Section {
  return {
    head: ['', `<details><summary>${markdownText(title)}</summary>`, ''],
    rows: examples.map((one) => `- “${markdownText(one.title)}”, ${markdownText(one.publication)}`),
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
