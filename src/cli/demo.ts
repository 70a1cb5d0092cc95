import type { BuildReport } from '../model/report.js';
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { jsonOption } from './options.js';
import { formatSummary, reportRun } from './summary.js';

const DEFAULT_DIR = 'newsloom-demo';

export const demoCommand: Command = {
  name: 'demo',
  describe: 'build a sample section from eight bundled publications; their feeds are served on loopback during the run',
  parameters: [{ name: '[dir]', describe: `folder to publish into (default: ${DEFAULT_DIR})` }],
  options: [jsonOption, { flags: '--force', describe: 'fetch all publications again, due or not' }],
  examples: [
    ['newsloom demo', `publishes into ${DEFAULT_DIR}/`],
    ['newsloom demo feeds --force', 'fetches again: every response is a 304, and no file is written'],
  ],
  async run(context) {
    const [{ runDemo }, { resolve }] = await Promise.all([import('../demo/demo.js'), import('node:path')]);
    const dir = context.args[0] ?? DEFAULT_DIR;
    const { report, requests } = await runDemo({
      dir: resolve(dir),
      storeDir: resolve('.newsloom'),
      force: context.flag('force'),
      signal: context.signal,
      observer: reportRun(context, 'in the summary'),
    });
    const statuses = requests.map(({ status }) => status);
    context.show({ ...report, requests }, () => formatEpilogue(report, statuses, dir));
    return EXIT.ok;
  },
};

function formatEpilogue(report: BuildReport, statuses: readonly number[], dir: string): string {
  const answers = [200, 304]
    .map((status) => `${statuses.filter((one) => one === status).length} × ${status}`)
    .join(', ');
  return [
    formatSummary(report),
    `responses ${answers}`,
    '',
    `${dir}/all.rss, all.atom and all.json contain everything; topics/ and sources/ contain one part each; stories.* contain stories with several publications.`,
    'The news is invented.',
    '',
    `Show them:  newsloom preview --dir ${dir}      (in a clone: npm run preview)`,
  ].join('\n');
}
