import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunSiteOptions } from '../app/run-tools.js';
import { type BuildReport, isSiteWarning } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import type { Command, Context } from './command.js';
import { EXIT, requireKnown, UsageError } from './exit.js';
import { configOption, jsonOption, nowOption, readIds, readSettings } from './options.js';
import { runFileOptions, writeRunFiles } from './run-outputs.js';
import { formatFailureLines, formatSummary, reportRun } from './summary.js';

export const buildCommand: Command = {
  name: 'build',
  describe: 'fetch the sources that are due and publish what changed (one run)',
  options: [
    configOption,
    jsonOption,
    {
      flags: '--force',
      describe: 'fetch all sources, due or not; still sends conditional requests and respects Retry-After',
    },
    { flags: '--only <ids>', describe: 'fetch only these sources, ids separated by commas', read: readIds },
    { flags: '--offline', describe: 'send no requests; publish what the store contains' },
    { flags: '--dry-run', describe: 'write nothing; report what would change' },
    { flags: '--into <dir>', describe: 'with --dry-run: write the files that would change into this folder' },
    {
      flags: '--strict',
      describe: 'exit with 3 if any source failed; with --quiet, name the failed sources on stderr (for cron)',
    },
    { flags: '--force-publish', describe: 'publish even if the safety checks fail (PUBLISH_REFUSED names the reason)' },
    ...runFileOptions,
    nowOption,
  ],
  examples: [
    ['newsloom build', 'reads config/newsloom.yaml and publishes into its publish.dir'],
    ['newsloom build --force --only bbc,dw', 'fetches two sources now'],
    ['newsloom build --json --strict', 'prints the report as JSON and exits with 3 if a source failed: for CI'],
    [
      'newsloom build --message .newsloom/message',
      'writes a commit message; then: git commit --file .newsloom/message feeds',
    ],
    ['newsloom build --dry-run', 'shows which articles and files would be new'],
  ],
  async run(context) {
    const settings = await readSettings(context, 'cached', context.flag('dry-run') ? 'announced' : 'nothing');
    const { runSite } = await import('../app/run-site.js');
    const observer = reportRun(context, context.flag('json') ? 'logged' : 'in the summary');
    let changedTopics: readonly string[] = [];
    const { kind, report } = await runSite(settings, {
      now: context.value<Date>('now') ?? new Date(),
      force: context.flag('force'),
      only: await checkSourceIds(context.value<readonly string[]>('only'), settings),
      offline: context.flag('offline'),
      dryRun: context.flag('dry-run'),
      ...keepRehearsed(context),
      forcePublish: context.flag('force-publish'),
      signal: context.signal,
      observer: {
        ...observer,
        failed: (report) => printReport(context, report),
        published: (topics, change) => {
          changedTopics = topics;
          observer.published(topics, change);
        },
      },
    });
    for (const { sourceId, message } of report.warnings.filter(isSiteWarning))
      context.logger.warn({ at: sourceId }, message);
    printReport(context, report);
    await writeRunFiles(context, report, changedTopics);
    const isStrict = context.flag('strict') && report.sources.failed > 0;
    const status = kind === 'no-source' ? EXIT.noSource : isStrict ? EXIT.strict : EXIT.ok;
    if (status !== EXIT.ok && context.flag('quiet'))
      for (const line of formatFailureLines(report)) context.logger.error(line);
    return status;
  },
};

function printReport(context: Context, report: BuildReport): void {
  if (context.flag('quiet') && !context.flag('json')) return;
  context.show(report, () => formatSummary(report, context.flag('dry-run') ? 'would be ' : ''));
}

function keepRehearsed({ flag, value }: Context): Pick<RunSiteOptions, 'rehearsed'> {
  const into = value('into');
  if (into === undefined) return {};
  if (!flag('dry-run')) throw new UsageError('--into needs --dry-run');
  const rehearsed: RunSiteOptions['rehearsed'] = async ({ path, bytes }) => {
    await mkdir(dirname(join(into, path)), { recursive: true });
    await writeFile(join(into, path), bytes);
  };
  return { rehearsed };
}

/** null: all sources. */
async function checkSourceIds(
  ids: readonly string[] | undefined,
  settings: Settings,
): Promise<ReadonlySet<string> | null> {
  if (ids === undefined) return null;
  const { listAllSourceIds } = await import('../app/settings-with-listed.js');
  const known = [...(await listAllSourceIds(settings))].map((id) => ({ id }));
  requireKnown('source', ids, known);
  return new Set(ids);
}
