// Compares the time to print the version with an empty Node script: node bench/start.mjs [dist]
// Takes the fastest of many alternating runs. Exits with 1 above twice the time.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const main = join(process.argv[2] ?? 'dist', 'main.js');
const COMMANDS = {
  'node -e 0': ['-e', '0'],
  'newsloom --version': [main, '--version'],
  'newsloom --help': [main, '--help'],
};
const best = new Map();

for (let round = 0; round < 20; round += 1) {
  for (const [name, args] of Object.entries(COMMANDS)) {
    const start = performance.now();
    spawnSync(process.execPath, args);
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, performance.now() - start));
  }
}
const bare = best.get('node -e 0');
for (const [name, ms] of best)
  console.log(`${name.padEnd(20)} ${ms.toFixed(0).padStart(5)} ms ${(ms / bare).toFixed(2).padStart(6)}x`);
process.exit(best.get('newsloom --version') <= 2 * bare ? 0 : 1);
