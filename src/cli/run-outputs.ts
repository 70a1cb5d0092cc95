/** The files of `build --message`, `--outputs` and `--summary`, for CI: a line for a commit, outputs, a Markdown table. */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BuildReport } from '../model/report.js';
import type { Context, Option } from './command.js';
import { UsageError } from './exit.js';
import { markdownTable, markdownText } from './markdown.js';
import { summaryRows } from './summary.js';
import { listFew } from './table.js';

export const runFileOptions: readonly Option[] = [
  { flags: '--message <file>', describe: 'write one line on what came in, for a commit' },
  { flags: '--outputs <file>', describe: 'append changed, added and failures as name=value lines, for CI' },
  { flags: '--summary <file>', describe: "append the run's table and the failing sources as Markdown, for CI" },
];

/** `topics`: labels of those whose feeds changed. Writes only the files asked for; creates missing folders. */
export async function writeRunFiles(context: Context, report: BuildReport, topics: readonly string[]): Promise<void> {
  const line = newsLine(report, topics);
  await write(context, 'message', `${line}\n`, writeFile);
  await write(context, 'outputs', outputLines(report), appendFile);
  await write(context, 'summary', stepSummary(report, line), appendFile);
}

async function write(
  context: Context,
  option: string,
  text: string,
  put: (file: string, text: string) => Promise<void>,
): Promise<void> {
  const file = context.value(option);
  if (file === undefined) return;
  try {
    await mkdir(dirname(file), { recursive: true });
    await put(file, text);
  } catch (error) {
    throw new UsageError(`--${option}: ${(error as Error).message}`);
  }
}

/** `3 new, 1 corrected: Politics, Health`; `topics`: labels of those whose feeds changed. Without a final line break. */
export function newsLine({ articles, changed, files }: BuildReport, topics: readonly string[]): string {
  const counts = [
    [articles.added, 'new'],
    [articles.updated, 'corrected'],
    [articles.withdrawn, 'withdrawn'],
  ] as const;
  const news = counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ');
  if (news === '')
    return changed ? `No new articles, ${files.written} files written, ${files.removed} removed` : 'No news';
  return topics.length === 0 ? news : `${news}: ${listFew(topics, MOST_TOPICS)}`;
}

const MOST_TOPICS = 4;

/** `name=value` lines, the format of GitHub's outputs and GitLab's dotenv reports. */
export function outputLines({ changed, articles, sources }: BuildReport): string {
  return `changed=${changed}\nadded=${articles.added}\nfailures=${sources.failed}\n`;
}

/** Markdown: a table of the run, and the sources that could not be read. */
export function stepSummary(report: BuildReport, line: string): string {
  const { failures, warnings } = report;
  return [
    `### ${markdownText(line)}`,
    ...markdownTable(['', ''], summaryRows(report)),
    ...failing(
      'Blocked: these answer this machine with a refusal; they may answer another',
      failures.filter(isAccessDenied),
    ),
    ...failing(
      'Could not be read',
      failures.filter((one) => !isAccessDenied(one)),
    ),
    ...(warnings.length === 0
      ? []
      : [
          '',
          `<details><summary>${warnings.length} warnings</summary>`,
          '',
          ...warnings.map(({ sourceId, message }) => `- ${markdownText(sourceId)}: ${markdownText(message)}`),
          '',
          '</details>',
        ]),
    '',
  ].join('\n');
}

type Failure = BuildReport['failures'][number];

function isAccessDenied({ code }: Failure): boolean {
  return code === 'FETCH_BLOCKED' || code === 'FETCH_RATE_LIMITED';
}

function failing(title: string, failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const rows = failures.map((one) => [
    one.sourceId,
    `${one.message} (${one.code})`,
    String(one.failures),
    one.nextAttemptAt,
  ]);
  return ['', `#### ${title}`, ...markdownTable(['source', 'what', 'times in a row', 'next try'], rows)];
}
