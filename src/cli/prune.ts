import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, jsonOption, nowOption, readDisplaySettings } from './options.js';

export const pruneCommand: Command = {
  name: 'prune',
  describe: 'delete the text of articles older than the retention; keeps their ids and everything published',
  options: [
    configOption,
    jsonOption,
    { flags: '--dry-run', describe: 'change nothing; report how many articles it would prune' },
    nowOption,
  ],
  examples: [['newsloom prune', 'keeps articles first seen within the retention, and those in current feeds']],
  async run(context) {
    const { pruneSite } = await import('../app/prune.js');
    const dry = context.flag('dry-run');
    const settings = await readDisplaySettings(context);
    const report = await pruneSite(settings, context.value<Date>('now') ?? null, dry ? 'rehearse' : 'prune');
    const { before, pruned, left } = report;
    const verb = dry ? 'would be pruned' : 'pruned';
    const line = `${pruned} articles first seen before ${before.toISOString().slice(0, 10)} ${verb}; ${left} ${dry ? 'would be ' : ''}left`;
    context.show(report, () => line);
    return EXIT.ok;
  },
};
