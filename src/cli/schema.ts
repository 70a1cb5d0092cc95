import { readFile } from 'node:fs/promises';
import { didYouMean } from '../config/suggest.js';
import type { Command } from './command.js';
import { EXIT, UsageError } from './exit.js';

const CONFIG = 'newsloom';
const LISTS = ['sources', 'topics', 'desk'];

/** Names of the files in the folder `schema` of the package, and of a site. */
export const configSchemaFiles = [CONFIG, ...LISTS].map(schemaFile);

export const schemaCommand: Command = {
  name: 'schema',
  describe: 'print the JSON Schema of the config or of one of its lists',
  parameters: [{ name: '[list]', describe: `${LISTS.join(', ')} (default: the whole config)` }],
  options: [],
  examples: [
    ['newsloom schema > newsloom.schema.json', 'for editors with completion and validation'],
    ['newsloom schema sources > sources.schema.json', 'for a list in a file of its own'],
  ],
  async run({ args: [list], print }) {
    if (list !== undefined && !LISTS.includes(list))
      throw new UsageError(`no schema for "${list}": ${LISTS.join(', ')}${didYouMean(list, LISTS)}`);
    print(await readSchema(schemaFile(list ?? CONFIG)));
    return EXIT.ok;
  },
};

export function readSchema(file: string): Promise<string> {
  return readFile(new URL(`../../schema/${file}`, import.meta.url), 'utf8');
}

function schemaFile(name: string): string {
  return `${name}.schema.json`;
}
