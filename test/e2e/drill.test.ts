/** Steps of `npm run drill` that take a few seconds. The others are for people. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { compiled } from '../support/compiled.js';
import { thorough } from '../support/thorough.js';

describe('a real worker', () => {
  const moduleAt = compiled();
  thorough(
    'loses no article if its config breaks, its store is deleted or it is upgraded',
    { timeout: 180_000 },
    async ({ skip }) => {
      const drill = fileURLToPath(new URL('../../scripts/drill.mjs', import.meta.url));
      const steps = ['configBroken', 'storeDeleted', 'upgrade'];
      const args = [drill, ...steps, '--short', '--main', fileURLToPath(moduleAt('main'))];
      const { stdout } = await promisify(execFile)(process.execPath, args).catch((error) => error);
      if (stdout.startsWith('skipped')) skip('unshare is not permitted');
      expect(stdout).toContain('no article was lost in 3 steps, 0 skipped');
    },
  );
});
