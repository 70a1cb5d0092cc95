/** The program compiled into a folder of the test's own, for tests that need another process; Node 20 runs no TypeScript. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';

/** Call it at the top of a `describe`. The answer gives the URL of a compiled module by its path under src/, without ending. */
export function compiled(): (path: string) => string {
  // under node_modules, so that dependencies are found as usual
  mkdirSync('node_modules/.cache', { recursive: true });
  const folder = mkdtempSync('node_modules/.cache/newsloom-test-');
  const dist = join(folder, 'dist');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--outDir', dist, '--declaration', 'false']);
  spawnSync(process.execPath, [resolve('scripts/assets.mjs'), dist]);
  copyFileSync('package.json', join(folder, 'package.json'));
  return (path) => pathToFileURL(resolve(join(dist, `${path}.js`))).href;
}
