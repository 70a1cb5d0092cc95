// Runs every benchmark in bench/ in its own process: "npm run bench [NAME…] [-- --dist FOLDER]".
// Exits with 1 if one of them misses its target.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { dist: { type: 'string', default: 'dist' } },
  allowPositionals: true,
});
const all = readdirSync('bench')
  .filter((name) => /^\w.*\.mjs$/.test(name))
  .sort();
const chosen = all.filter((name) => positionals.length === 0 || positionals.includes(name.replace('.mjs', '')));
const missed = chosen.filter((name) => {
  console.log(`\n== ${name.replace('.mjs', '')}`);
  return spawnSync(process.execPath, [`bench/${name}`, values.dist], { stdio: 'inherit' }).status !== 0;
});
if (missed.length > 0) console.log(`\nbelow their targets: ${missed.join(', ')}`);
process.exit(missed.length === 0 && chosen.length > 0 ? 0 : 1);
