// Tests sites with several processes: real processes and a real PostgreSQL. Compares every published file with SQLite.
// npm run scale -- [row…] [--feeds N] [--verbose]   Default: all rows but kills, one and many. Exits with 1 if a row fails.
import { parseArgs } from 'node:util';
import { oneMachine } from './scale/one-machine.mjs';
import { row6, row7, row9, row10 } from './scale/publishers.mjs';
import { row2, row3, row4, row5, row8, row12, row14 } from './scale/rounds.mjs';
import { row11 } from './scale/s3.mjs';
import { row1, row13, row15 } from './scale/stores.mjs';
import { findPostgres, openWorld } from './scale/world.mjs';

/** Keys are row numbers. Each resolves with its figures and rejects with the failure. */
const ROWS = {
  1: row1,
  2: row2,
  3: row3,
  4: row4,
  5: row5,
  6: row6,
  7: row7,
  8: row8,
  9: row9,
  10: row10,
  11: row11,
  12: row12,
  13: row13,
  14: row14,
  15: row15,
  // Additional rows: the number of kills to survive, and the number of sources that three workers must request in time.
  kills: (world, options) => row10(world, { kills: 200, restarts: 10, ...options }),
  one: oneMachine,
  many: (world, options) => row12(world, { workers: 3, delayMs: 300, seconds: 132, ...options }),
};
/** Run only if named, because they take long. */
const LONG = ['kills', 'one', 'many'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { feeds: { type: 'string' }, verbose: { type: 'boolean', default: false } },
});
if (findPostgres() === null) {
  console.log('skipped: PostgreSQL is not installed (Debian: apt-get install postgresql)');
  process.exit(0);
}
const wanted = positionals.length === 0 ? Object.keys(ROWS).filter((row) => !LONG.includes(row)) : positionals;
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
