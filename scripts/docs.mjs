// Generates docs/config.md, docs/commands.md, schema/newsloom.schema.json and the terminal picture ("npm run docs").
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandReference } from './command-reference.mjs';
import { configReference } from './config-reference.mjs';
import { jsonSchema } from './json-schema.mjs';
import { terminalPicture } from './terminal-picture.mjs';

const root = new URL('../', import.meta.url);
const dist = process.argv[2] ?? 'dist';
const load = (path) => import(new URL(`${dist}/${path}`, root).href);
const { annotatedSchema } = await load('config/json-schema.js');
const { EXIT } = await load('cli/exit.js');
const { commands } = await load('cli/commands.js');
const loaded = await Promise.all(commands.map((command) => command.load()));

mkdirSync(new URL('schema', root), { recursive: true });
writeFileSync(new URL('schema/newsloom.schema.json', root), jsonSchema(annotatedSchema()));
writeFileSync(new URL('docs/config.md', root), configReference(annotatedSchema()));
writeFileSync(new URL('docs/commands.md', root), commandReference(loaded, EXIT));

const demo = mkdtempSync(join(tmpdir(), 'newsloom-demo-'));
const { stdout } = spawnSync(process.execPath, [fileURLToPath(new URL(`${dist}/main.js`, root)), 'demo', '--quiet'], {
  cwd: demo,
  encoding: 'utf8',
});
rmSync(demo, { recursive: true });
mkdirSync(new URL('docs/images', root), { recursive: true });
const typed = ['$ npx newsloom demo', ...stdout.trimEnd().split('\n')];
writeFileSync(new URL('docs/images/terminal.svg', root), terminalPicture(typed));
