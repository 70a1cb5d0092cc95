/** `newsloom build`: one run, for cron and CI. */
import type { BuildReport } from '../model/report.js';
import type { Command, Context } from './command.js';
import { EXIT } from './exit.js';
import { configOption, DEFAULT_CONFIG, jsonOption, nowOption, readIds } from './options.js';
import { runFileOptions, writeRunFiles } from './run-files.js';
import { reportRun, summary } from './summary.js';

export const command: Command = {
  name: 'build',
  describe: 'one run: read the sources that are due, publish what changed',
  options: [
    configOption,
    jsonOption,
    { flags: '--force', describe: 'ask all sources, due or not; still conditionally, and never inside a Retry-After' },
    { flags: '--only <ids>', describe: 'ask these sources alone, separated by commas', read: readIds },
    { flags: '--offline', describe: 'ask nobody; publish what the store holds' },
    { flags: '--dry-run', describe: 'write nothing, say what would change' },
    { flags: '--strict', describe: 'exit 3 if any source failed' },
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
    const [{ loadSite }, { runSite }, { settleIds }] = await Promise.all([
      import('../app/load-site.js'),
      import('../app.js'),
      import('./only.js'),
    ]);
    const settings = await loadSite(context.value('config') ?? DEFAULT_CONFIG, context.env);
    const observer = reportRun(context);
    let changedTopics: readonly string[] = [];
    const { kind, report } = await runSite(settings, {
      now: context.value<Date>('now') ?? new Date(),
      force: context.flag('force'),
      only: settleIds(context.value<readonly string[]>('only'), settings),
      offline: context.flag('offline'),
      dryRun: context.flag('dry-run'),
      forcePublish: context.flag('force-publish'),
      signal: context.signal,
      observer: {
        ...observer,
        failed: (report) => print(context, report),
        published: (topics) => {
          changedTopics = topics;
          observer.published(topics);
        },
      },
    });
    print(context, report);
    await writeRunFiles(context, report, changedTopics);
    if (kind === 'no-source') return EXIT.noSource;
    return context.flag('strict') && report.sources.failed > 0 ? EXIT.strict : EXIT.ok;
  },
};

function print(context: Context, report: BuildReport): void {
  const what = context.flag('dry-run') ? 'would be ' : '';
  context.print(context.flag('json') ? JSON.stringify(report, null, 2) : summary(report, what));
}
