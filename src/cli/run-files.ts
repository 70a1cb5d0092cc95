/** The files of `build --message`, `--outputs` and `--summary`, for CI. */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BuildReport } from '../model/report.js';
import type { Context, Option } from './command.js';
import { UsageError } from './exit.js';
import { newsLine, outputLines, stepSummary } from './news-line.js';

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
