/** Provides the compiled program in dist/, for tests with another process: Node 20 does not run TypeScript. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const BUSY = join(root, 'node_modules/.cache/newsloom-compiling');

/**
 * Call it at the top of a `describe`. Returns a function from a path under src/, without extension, to the URL of the
 * compiled module. Compiles only if dist/ is older than src/, which never happens in `npm test`.
 */
export function compiled(): (path: string) => string {
  alone(() => {
    const setup = [join(root, 'scripts/setup.mjs'), '--compile-only'];
    const { status, stderr } = spawnSync(process.execPath, setup, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  });
  return (path) => pathToFileURL(join(dist, `${path}.js`)).href;
}

/** Runs in one test process at a time, because dist/ is incomplete during compilation. */
function alone(work: () => void): void {
  mkdirSync(join(BUSY, '..'), { recursive: true });
  while (!isOurs()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    work();
  } finally {
    rmdirSync(BUSY);
  }
}

function isOurs(): boolean {
  try {
    mkdirSync(BUSY);
    return true;
  } catch {
    const since = statSync(BUSY, { throwIfNoEntry: false })?.mtimeMs;
    // Left behind by a killed process.
    if (since !== undefined && Date.now() - since > 120_000) rmdirSync(BUSY);
    return false;
  }
}
