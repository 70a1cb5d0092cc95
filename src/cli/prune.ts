/** `newsloom prune`: the retention of the config, applied to the store. */
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, jsonOption, nowOption, readToShow } from './options.js';

export const pruneCommand: Command = {
  name: 'prune',
  describe: 'let go of the text of articles older than the retention; ids, names and what is published stay',
  options: [
    configOption,
    jsonOption,
    { flags: '--dry-run', describe: 'change nothing, say how many it would be' },
    nowOption,
  ],
  examples: [
    ['newsloom prune', 'keeps what was first seen within the retention, and what a head shows'],
    ['newsloom prune --dry-run', 'how many articles would it be?'],
  ],
  async run(context) {
    const { pruneSite } = await import('../app/prune.js');
    const dry = context.flag('dry-run');
    const settings = await readToShow(context);
    const report = await pruneSite(settings, context.value<Date>('now') ?? null, dry ? 'rehearse' : 'prune');
    const { before, pruned, left } = report;
    const verb = dry ? 'would be pruned' : 'pruned';
    const line = `${pruned} articles first seen before ${before.toISOString().slice(0, 10)} ${verb}; ${left} ${dry ? 'would be ' : ''}left`;
    context.show(report, () => line);
    return EXIT.ok;
  },
};
