// What must hold where a site is more than one process, from outside: real processes, a real PostgreSQL, every file compared with SQLite.
// npm run scale -- [row…] [--feeds N] [--verbose]   without a row: all. Exit 1 where one of them is not as it must be.
import { parseArgs } from 'node:util';
import { row1, row13, row15 } from './scale/stores.mjs';
import { findPostgres, openWorld } from './scale/world.mjs';

/** By the number of the row; each resolves with its figures and rejects with what is wrong. */
const ROWS = { 1: row1, 13: row13, 15: row15 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { feeds: { type: 'string' }, verbose: { type: 'boolean', default: false } },
});
if (findPostgres() === null) {
  console.log('skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)');
  process.exit(0);
}
const wanted = positionals.length === 0 ? Object.keys(ROWS) : positionals;
const options = values.feeds === undefined ? {} : { feeds: Number(values.feeds) };
let failed = 0;
for (const row of wanted) {
  const world = await openWorld({ log: values.verbose ? (line) => console.error(line) : () => {} });
  try {
    console.log(`row ${row}: ok\n    ${await ROWS[row](world, options)}`);
  } catch (error) {
    failed += 1;
    console.log(`row ${row}: FAILED\n    ${error.stack}`);
  } finally {
    await world.close();
  }
}
console.log(`scale: ${wanted.length - failed}/${wanted.length} rows hold`);
process.exit(failed === 0 ? 0 : 1);
