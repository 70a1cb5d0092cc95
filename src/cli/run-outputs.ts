/** Writes the files of `build --message`, `--outputs` and `--summary` for CI. */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BuildReport } from '../model/report.js';
import type { Context, Option } from './command.js';
import { UsageError } from './exit.js';
import { escapeMarkdown, renderMarkdownTable } from './markdown.js';
import { listSummaryRows } from './summary.js';
import { listFew } from './table.js';

export const runFileOptions: readonly Option[] = [
  { flags: '--message <file>', describe: 'write a one-line summary of the news, for a commit message' },
  { flags: '--outputs <file>', describe: 'append changed, added and failures as name=value lines, for CI' },
  { flags: '--summary <file>', describe: 'append a table of the run and the failed sources as Markdown, for CI' },
];

/** `topics`: labels of the topics whose feeds changed. Writes only the requested files. */
export async function writeRunFiles(context: Context, report: BuildReport, topics: readonly string[]): Promise<void> {
  const line = formatNewsLine(report, topics);
  await writeRequestedFile(context, 'message', `${line}\n`, writeFile);
  await writeRequestedFile(context, 'outputs', formatOutputs(report), appendFile);
  await writeRequestedFile(context, 'summary', formatStepSummary(report, line), appendFile);
}

async function writeRequestedFile(
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

/** `3 new, 1 corrected: Politics, Health`, without a line break. */
export function formatNewsLine({ articles, changed, files }: BuildReport, topics: readonly string[]): string {
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
export function formatOutputs({ changed, articles, sources }: BuildReport): string {
  return `changed=${changed}\nadded=${articles.added}\nfailures=${sources.failed}\n`;
}

export function formatStepSummary(report: BuildReport, line: string): string {
  const { failures, warnings } = report;
  return [
    `### ${escapeMarkdown(line)}`,
    ...renderMarkdownTable(['', ''], listSummaryRows(report)),
    ...formatFailures(
      'Blocked: these sources refuse requests from this machine, but may answer others',
      failures.filter(isAccessDenied),
    ),
    ...formatFailures(
      'Not readable',
      failures.filter((one) => !isAccessDenied(one)),
    ),
    ...(warnings.length === 0
      ? []
      : [
          '',
          `<details><summary>${warnings.length} warnings</summary>`,
          '',
          ...warnings.map(({ sourceId, message }) => `- ${escapeMarkdown(sourceId)}: ${escapeMarkdown(message)}`),
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

function formatFailures(title: string, failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const rows = failures.map((one) => [
    one.sourceId,
    `${one.message} (${one.code})`,
    String(one.failures),
    one.nextAttemptAt,
  ]);
  return [
    '',
    `#### ${title}`,
    ...renderMarkdownTable(['source', 'what', 'consecutive failures', 'next attempt'], rows),
  ];
}
