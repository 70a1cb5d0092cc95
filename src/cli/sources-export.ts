import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, readDisplaySettings } from './options.js';

export const sourcesExportCommand: Command = {
  name: 'sources export',
  describe: 'print the sources as OPML, without addresses that may contain a key',
  options: [configOption],
  examples: [['newsloom sources export > sources.opml', 'for use in other feed readers']],
  async run(context) {
    const { exportSources } = await import('../app/export-sources.js');
    const { opml, leftOut } = await exportSources(await readDisplaySettings(context));
    if (leftOut.length > 0)
      context.logger.warn({ sources: leftOut }, 'skipped sources that are files or whose address may contain a key');
    if (opml === null) throw new UsageError('no source can be exported');
    context.print(opml);
    return EXIT.ok;
  },
};
