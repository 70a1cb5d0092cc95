// Writes what is made from the program: docs/config.md, docs/commands.md and schema/newsloom.schema.json. Run by "npm run docs".
import { mkdirSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const dist = process.argv[2] ?? 'dist';
const { jsonSchema } = await import(new URL(`${dist}/config/json-schema.js`, root).href);
const { commandReference } = await import(new URL(`${dist}/cli/manual.js`, root).href);
const { configReference } = await import(new URL(`${dist}/config/reference.js`, root).href);

mkdirSync(new URL('schema', root), { recursive: true });
writeFileSync(new URL('schema/newsloom.schema.json', root), jsonSchema());
writeFileSync(new URL('docs/config.md', root), configReference());
writeFileSync(new URL('docs/commands.md', root), await commandReference());
