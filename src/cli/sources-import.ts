import type { AddedSources } from '../app/add-source/edit-sources.js';
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { formatSkipped, readExport, withProxiesOption } from './import-file.js';
import { chooseConfigPath, configOption, jsonOption, readDisplaySettings } from './options.js';
import { formatCount } from './table.js';

export const sourcesImportCommand: Command = {
  name: 'sources import',
  describe:
    'add the sources in the export of another program, with folders as topics; skips sources that exist already',
  parameters: [{ name: '<file>', describe: 'OPML file, as exported by other readers, or planet.ini' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--allow-private', describe: 'allow loopback or private addresses' },
    withProxiesOption,
  ],
  examples: [['newsloom sources import subscriptions.opml', 'adds new sources and reports skipped ones']],
  async run(context) {
    const { addSources } = await import('../app/add-source/edit-sources.js');
    await readDisplaySettings(context); // report problems in the config before those of the file
    const [file = ''] = context.args;
    const { sources, rules: common, folders, leftOut } = await readExport(context, file);
    const reach = context.flag('allow-private') ? { allowPrivateAddresses: true as const } : {};
    // Rules of an existing config belong to its editor.
    const newSources = sources.map(({ rules = [], ...source }) => {
      const all = [...rules, ...common];
      return { ...source, ...(all.length > 0 && { rules: all }), ...reach };
    });
    const result = await addSources(chooseConfigPath(context), () => readDisplaySettings(context), newSources, folders);
    context.show({ ...result, unlike: leftOut }, () => [summarizeImport(result), ...formatSkipped(leftOut)].join('\n'));
    return EXIT.ok;
  },
};

function summarizeImport({ file, added, topics, leftOut }: AddedSources): string {
  return [
    file === null ? 'nothing to add' : `added ${formatCount(added.length, 'source')} to ${file}`,
    ...added.map(({ id, url }) => `  ${id} of ${new URL(url).host}`),
    ...topics.map(({ id, label }) => `topic ${id} from the folder "${label}"`),
    ...leftOut.map(({ url, why }) => `skipped ${url}: ${why}`),
  ].join('\n');
}
