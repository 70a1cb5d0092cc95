/** `newsloom sources import`: adds what another program reads to the config. */
import type { AddedSources } from '../app/add-source/edit-sources.js';
import type { Command } from './command.js';
import { EXIT } from './exit.js';
import { leftOutLines, readExport } from './import-file.js';
import { configOption, configPathOf, jsonOption, readToShow } from './options.js';
import { counted } from './table.js';

export const sourcesImportCommand: Command = {
  name: 'sources import',
  describe:
    'add what another program reads to the sources, its folders as their topics; what is read already is left out',
  parameters: [{ name: '<file>', describe: 'OPML, as other readers export it, or planet.ini' }],
  options: [
    configOption,
    jsonOption,
    { flags: '--allow-private', describe: 'they may stand on loopback or private addresses' },
  ],
  examples: [['newsloom sources import subscriptions.opml', 'adds what is new, and says what is not']],
  async run(context) {
    const { addSources } = await import('../app/add-source/edit-sources.js');
    await readToShow(context); // reports mistakes in the config before those of the file
    const [file = ''] = context.args;
    const { sources, rules: common, folders, leftOut } = await readExport(file);
    const reach = context.flag('allow-private') ? { allowPrivateAddresses: true as const } : {};
    // The rules of a config that is there are the editor's.
    const wanted = sources.map(({ rules = [], ...source }) => {
      const all = [...rules, ...common];
      return { ...source, ...(all.length > 0 && { rules: all }), ...reach };
    });
    const result = await addSources(configPathOf(context), () => readToShow(context), wanted, folders);
    context.show({ ...result, unlike: leftOut }, () => [importSummary(result), ...leftOutLines(leftOut)].join('\n'));
    return EXIT.ok;
  },
};

function importSummary({ file, added, topics, leftOut }: AddedSources): string {
  return [
    file === null ? 'nothing to add' : `added ${counted(added.length, 'source')} to ${file}`,
    ...added.map(({ id, url }) => `  ${id} of ${new URL(url).host}`),
    ...topics.map(({ id, label }) => `topic ${id} of the folder "${label}"`),
    ...leftOut.map(({ url, why }) => `left out ${url}: ${why}`),
  ].join('\n');
}
