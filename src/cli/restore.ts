import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, jsonOption, readSettings } from './options.js';
import { describeRestore } from './summary.js';

export const restoreCommand: Command = {
  name: 'restore',
  describe:
    'rebuild a lost store from the published JSON Feeds and archives, with the former ids, dates, topics and stories',
  options: [configOption, jsonOption],
  examples: [
    ['newsloom restore', 'after the store was lost or damaged; the next build announces nothing again'],
    ['newsloom restore --json', 'reports what it restored and what it could not read'],
  ],
  async run(context) {
    const { restoreSite } = await import('../app/restore-site.js');
    const report = await restoreSite(await readSettings(context, 'cached', 'announced'), context.signal);
    for (const problem of report.problems) context.logger.warn(problem);
    context.show(report, () => describeRestore(report));
    return EXIT.ok;
  },
};
