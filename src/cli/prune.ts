/** `newsloom prune`: the retention of the config, applied to the store. */
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { configOption, DEFAULT_CONFIG, jsonOption, nowOption } from './options.js';

export const command: Command = {
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
  async run({ value, flag, env, print }) {
    const [{ loadSite }, { pruneSite }] = await Promise.all([import('../app/load-site.js'), import('../app/prune.js')]);
    const settings = await loadSite(value('config') ?? DEFAULT_CONFIG, env);
    const dry = flag('dry-run');
    const report = await pruneSite(settings, value<Date>('now') ?? new Date(), dry ? 'rehearse' : 'prune');
    const { before, pruned, left } = report;
    const verb = dry ? 'would be pruned' : 'pruned';
    const line = `${pruned} articles first seen before ${before.toISOString().slice(0, 10)} ${verb}; ${left} ${dry ? 'would be ' : ''}left`;
    print(flag('json') ? JSON.stringify(report, null, 2) : line);
    return EXIT.ok;
  },
};
