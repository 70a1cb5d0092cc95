// Writes what is made from the program: docs/config.md, docs/commands.md, schema/newsloom.schema.json, the table of commands in
// README.md and the picture of a terminal. Run by "npm run docs".
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { terminalPicture } from './terminal-picture.mjs';

const root = new URL('../', import.meta.url);
const dist = process.argv[2] ?? 'dist';
const { jsonSchema } = await import(new URL(`${dist}/config/json-schema.js`, root).href);
const { commandReference, commandTable } = await import(new URL(`${dist}/cli/manual.js`, root).href);
const { configReference } = await import(new URL(`${dist}/config/reference.js`, root).href);

mkdirSync(new URL('schema', root), { recursive: true });
writeFileSync(new URL('schema/newsloom.schema.json', root), jsonSchema());
writeFileSync(new URL('docs/config.md', root), configReference());
writeFileSync(new URL('docs/commands.md', root), await commandReference());

const readme = new URL('README.md', root);
writeFileSync(readme, readFileSync(readme, 'utf8').replace(/\| command \| does \|\n(\|.*\n)*/, await commandTable()));

const demo = mkdtempSync(join(tmpdir(), 'newsloom-demo-'));
const { stdout } = spawnSync(process.execPath, [fileURLToPath(new URL(`${dist}/main.js`, root)), 'demo', '--quiet'], {
  cwd: demo,
  encoding: 'utf8',
});
rmSync(demo, { recursive: true });
mkdirSync(new URL('docs/images', root), { recursive: true });
const typed = ['$ npx newsloom demo', ...stdout.trimEnd().split('\n')];
writeFileSync(new URL('docs/images/terminal.svg', root), terminalPicture(typed));
