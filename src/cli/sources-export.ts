/** `newsloom sources export`: the sources as OPML, on stdout. */
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, readToShow } from './options.js';

export const sourcesExportCommand: Command = {
  name: 'sources export',
  describe: 'print the sources as OPML; addresses that may hold a key are left out',
  options: [configOption],
  examples: [['newsloom sources export > sources.opml', 'for any other reader']],
  async run(context) {
    const { exportSources } = await import('../app/export-sources.js');
    const { opml, leftOut } = await exportSources(await readToShow(context));
    if (leftOut.length > 0)
      context.logger.warn({ sources: leftOut }, 'left out: a file, or an address that may hold a key');
    if (opml === null) throw new UsageError('there is no source that could be exported');
    context.print(opml);
    return EXIT.ok;
  },
};
