/** `newsloom restore`: a store that was lost, made anew from what is published. */
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, DEFAULT_CONFIG, jsonOption } from './options.js';
import { describeRestore } from './summary.js';

export const command: Command = {
  name: 'restore',
  describe: 'rebuild a lost store from the published feeds and archives: ids, dates, topics and stories as they were',
  options: [configOption, jsonOption],
  examples: [
    [
      'newsloom restore',
      'the store was lost, or put aside because it was damaged; the next build announces nothing twice',
    ],
    ['newsloom restore --json', 'what was restored, and what could not be read'],
  ],
  async run({ value, flag, env, signal, print, logger }) {
    const [{ loadSite }, { restoreSite }] = await Promise.all([
      import('../app/load-site.js'),
      import('../app/restore-site.js'),
    ]);
    const settings = await loadSite(value('config') ?? DEFAULT_CONFIG, env);
    const report = await restoreSite(settings, signal);
    for (const problem of report.problems) logger.warn(problem);
    print(flag('json') ? JSON.stringify(report, null, 2) : describeRestore(report));
    return EXIT.ok;
  },
};
