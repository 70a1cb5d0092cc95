/** Compiles the program into a temporary folder, for tests with another process: Node 20 does not run TypeScript. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';

/** Call it at the top of a `describe`. Returns a function from a path under src/, without extension, to the URL of the compiled module. */
export function compiled(): (path: string) => string {
  // under node_modules, so that dependencies are found
  mkdirSync('node_modules/.cache', { recursive: true });
  const folder = mkdtempSync('node_modules/.cache/newsloom-test-');
  const dist = join(folder, 'dist');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--outDir', dist, '--declaration', 'false']);
  spawnSync(process.execPath, [resolve('scripts/assets.mjs'), dist]);
  copyFileSync('package.json', join(folder, 'package.json'));
  return (path) => pathToFileURL(resolve(join(dist, `${path}.js`))).href;
}
