/** `newsloom sources export`: the sources as OPML, on stdout. */
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, DEFAULT_CONFIG } from './options.js';

export const command: Command = {
  name: 'sources export',
  describe: 'print the sources as OPML; addresses that may hold a key are left out',
  options: [configOption],
  examples: [['newsloom sources export > sources.opml', 'for any other reader']],
  async run({ value, env, print, logger }) {
    const [{ loadSite }, { exportSources }] = await Promise.all([
      import('../app/load-site.js'),
      import('../app/export-sources.js'),
    ]);
    const { opml, leftOut } = await exportSources(await loadSite(value('config') ?? DEFAULT_CONFIG, env));
    if (leftOut.length > 0) logger.warn({ sources: leftOut }, 'left out: a file, or an address that may hold a key');
    if (opml === null) throw new UsageError('there is no source that could be exported');
    print(opml);
    return EXIT.ok;
  },
};
