/** `newsloom demo`: a whole run against bundled sample publications, to see what is published. */
import type { BuildReport } from '../model/report.js';
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { jsonOption } from './options.js';
import { reportRun, summary } from './summary.js';

const DEFAULT_DIR = 'newsloom-demo';

export const demoCommand: Command = {
  name: 'demo',
  describe: 'weave eight bundled sample publications, served on loopback, into feeds',
  parameters: [{ name: '[dir]', describe: `where to publish (default: ${DEFAULT_DIR})` }],
  options: [jsonOption, { flags: '--force', describe: 'ask all publications again, due or not' }],
  examples: [
    ['newsloom demo', `publishes into ${DEFAULT_DIR}/`],
    ['newsloom demo feeds --force', 'asks again: every answer is a 304, and no file is written'],
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
    context.show({ ...report, requests }, () => epilogue(report, statuses, dir));
    return EXIT.ok;
  },
};

function epilogue(report: BuildReport, statuses: readonly number[], dir: string): string {
  const answers = [200, 304]
    .map((status) => `${statuses.filter((one) => one === status).length} × ${status}`)
    .join(', ');
  return [
    summary(report),
    `requests  ${answers}`,
    '',
    `${dir}/all.rss, all.atom and all.json hold everything; topics/ and sources/ a part each; stories.* what several tell.`,
    'The news in them is invented.',
    '',
    `See them:  newsloom preview --dir ${dir}      (in a clone: npm run preview)`,
  ].join('\n');
}
