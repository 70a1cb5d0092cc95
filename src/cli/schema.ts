/** `newsloom schema`: the JSON Schema of the config. */
import type { Command } from './command.js';
import { EXIT } from './exit.js';

export const schemaCommand: Command = {
  name: 'schema',
  describe: 'print the JSON Schema of the config',
  options: [],
  examples: [['newsloom schema > newsloom.schema.json', 'for editors that complete and check while you type']],
  async run({ print }) {
    const { jsonSchema } = await import('../config/json-schema.js');
    print(jsonSchema());
    return EXIT.ok;
  },
};
