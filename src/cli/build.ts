/** `newsloom build`: one run, for cron and CI. */
import { loadRun } from '../app/load-run.js';
import { type BuildReport, isAboutSite } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import type { Command, Context } from './command.js';
import { EXIT, requireKnown } from './exit.js';
import { configOption, jsonOption, nowOption, readIds, readSettings } from './options.js';
import { runFileOptions, writeRunFiles } from './run-outputs.js';
import { failureLines, reportRun, summary } from './summary.js';

export const buildCommand: Command = {
  name: 'build',
  describe: 'one run: read the sources that are due, publish what changed',
  options: [
    configOption,
    jsonOption,
    { flags: '--force', describe: 'ask all sources, due or not; still conditionally, and never inside a Retry-After' },
    { flags: '--only <ids>', describe: 'ask these sources alone, separated by commas', read: readIds },
    { flags: '--frozen', describe: 'ask no list (kind: opml); read what sources.lock.yaml says that they name' },
    { flags: '--offline', describe: 'ask nobody; publish what the store holds' },
    { flags: '--dry-run', describe: 'write nothing, say what would change' },
    { flags: '--strict', describe: 'exit 3 if any source failed; with --quiet it is named on stderr, for cron' },
    { flags: '--force-publish', describe: 'publish even what looks like a mistake (see the message that refused it)' },
    ...runFileOptions,
    nowOption,
  ],
  examples: [
    ['newsloom build', 'reads config/newsloom.yaml and publishes into its publish.dir'],
    ['newsloom build --force --only bbc,dw', 'asks two sources now'],
    ['newsloom build --json --strict', 'the report on stdout, exit 3 where a source failed: for CI'],
    ['newsloom build --message .newsloom/message', 'then: git commit --file .newsloom/message feeds'],
    ['newsloom build --dry-run', 'what would come in and be written?'],
  ],
  async run(context) {
    const settings = await readSettings(context, 'cached', context.flag('dry-run') ? 'announced' : 'nothing');
    await loadRun();
    const { runSite } = await import('../app/run-site.js');
    const observer = reportRun(context, context.flag('json') ? 'logged' : 'in the summary');
    let changedTopics: readonly string[] = [];
    const { kind, report } = await runSite(settings, {
      now: context.value<Date>('now') ?? new Date(),
      force: context.flag('force'),
      only: await sourceIds(context.value<readonly string[]>('only'), settings),
      frozen: context.flag('frozen'),
      offline: context.flag('offline'),
      dryRun: context.flag('dry-run'),
      forcePublish: context.flag('force-publish'),
      signal: context.signal,
      observer: {
        ...observer,
        failed: (report) => print(context, report),
        published: (topics, change) => {
          changedTopics = topics;
          observer.published(topics, change);
        },
      },
    });
    for (const { sourceId, message } of report.warnings.filter(isAboutSite))
      context.logger.warn({ at: sourceId }, message);
    print(context, report);
    await writeRunFiles(context, report, changedTopics);
    const isStrict = context.flag('strict') && report.sources.failed > 0;
    const status = kind === 'no-source' ? EXIT.noSource : isStrict ? EXIT.strict : EXIT.ok;
    if (status !== EXIT.ok && context.flag('quiet'))
      for (const line of failureLines(report)) context.logger.error(line);
    return status;
  },
};

/** With --quiet, cron has nothing to mail of a run that went well. */
function print(context: Context, report: BuildReport): void {
  if (context.flag('quiet') && !context.flag('json')) return;
  context.show(report, () => summary(report, context.flag('dry-run') ? 'would be ' : ''));
}

/** null: all of them. */
async function sourceIds(ids: readonly string[] | undefined, settings: Settings): Promise<ReadonlySet<string> | null> {
  if (ids === undefined) return null;
  const { allSourceIds } = await import('../app/settings-with-listed.js');
  const known = [...(await allSourceIds(settings))].map((id) => ({ id }));
  requireKnown('source', ids, known);
  return new Set(ids);
}
