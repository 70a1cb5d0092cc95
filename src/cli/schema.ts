/** `newsloom schema`: prints the JSON Schema of the config. */
import { readFile } from 'node:fs/promises';
import type { Command } from './command.js';
import { EXIT } from './exit.js';

export const schemaCommand: Command = {
  name: 'schema',
  describe: 'print the JSON Schema of the config',
  options: [],
  examples: [['newsloom schema > newsloom.schema.json', 'for editors with completion and validation']],
  async run({ print }) {
    print(await readFile(new URL('../../schema/newsloom.schema.json', import.meta.url), 'utf8'));
    return EXIT.ok;
  },
};
