// Runs test/fuzz on many documents: `npm run fuzz`, or `npm run fuzz -- 100000` for that number.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const cwd = dirname(dirname(fileURLToPath(import.meta.url)));
// Uses a new seed each time, which is printed with failures.
const env = { SEED: String(Date.now() % 2 ** 31), ...process.env, FUZZ_DOCUMENTS: process.argv[2] ?? '20000' };
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/fuzz'], { cwd, env, stdio: 'inherit' });
process.exit(status ?? 1);
