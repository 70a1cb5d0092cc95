/** `newsloom sources import`: adds the feeds of an OPML file to the config. */
import { readFile } from 'node:fs/promises';
import type { AddedSources } from '../app/edit-sources.js';
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';
import { configOption, configPathOf, jsonOption, readSettings } from './options.js';

export const sourcesImportCommand: Command = {
  name: 'sources import',
  describe:
    'add the feeds of an OPML file to the sources, its folders as their topics; what is read already is left out',
  parameters: [{ name: '<file>', describe: 'OPML, as other readers export it' }],
  options: [configOption, jsonOption],
  examples: [['newsloom sources import subscriptions.opml', 'adds what is new, and says what is not']],
  async run(context) {
    const [{ addSources }, { readOpml }] = await Promise.all([
      import('../app/edit-sources.js'),
      import('../config/opml.js'),
    ]);
    await readSettings(context); // reports mistakes in the config before those of the OPML file
    const [file = ''] = context.args;
    const list = readOpml(file, await readOpmlFile(file));
    const [mistake] = list.mistakes;
    if (mistake !== undefined) throw new UsageError(`${file}: ${mistake.message}`);
    const result = await addSources(configPathOf(context), () => readSettings(context), list.value, list.folders);
    context.show(result, () => importSummary(result));
    return EXIT.ok;
  },
};

async function readOpmlFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UsageError(`${file}: ${code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`}`);
  }
}

function importSummary({ file, added, topics, leftOut }: AddedSources): string {
  const count = `${added.length} ${added.length === 1 ? 'source' : 'sources'}`;
  return [
    file === null ? 'nothing to add' : `added ${count} to ${file}`,
    ...added.map(({ id, url }) => `  ${id} of ${new URL(url).host}`),
    ...topics.map(({ id, label }) => `topic ${id} of the folder "${label}"`),
    ...leftOut.map(({ url, why }) => `left out ${url}: ${why}`),
  ].join('\n');
}
