/** `newsloom restore`: rebuilds a lost store from the published edition. */
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, jsonOption, readSettings } from './options.js';
import { describeRestore } from './summary.js';

export const restoreCommand: Command = {
  name: 'restore',
  describe:
    'rebuild a lost store from the published JSON Feeds and archives: ids, dates, topics and stories as they were',
  options: [configOption, jsonOption],
  examples: [
    [
      'newsloom restore',
      'the store was lost, or put aside because it was damaged; the next build announces nothing twice',
    ],
    ['newsloom restore --json', 'what was restored, and what could not be read'],
  ],
  async run(context) {
    const { restoreSite } = await import('../app/restore-site.js');
    const report = await restoreSite(await readSettings(context, 'cached', 'announced'), context.signal);
    for (const problem of report.problems) context.logger.warn(problem);
    context.show(report, () => describeRestore(report));
    return EXIT.ok;
  },
};
