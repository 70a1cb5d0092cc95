import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { compiled } from '../support/compiled.js';

it('scripts/frames.mjs counts the frames from main to the date parser and to a file', () => {
  compiled();
  const { stdout, stderr } = spawnSync(process.execPath, ['scripts/frames.mjs', '--list'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(
    /^main → date parser: \d+ frames in \d+ files\n +at parseDate .*(?:\n +at .*)* main\.js:\d+:\d+$/m,
  );
  expect(stdout).toMatch(/^main → file written: \d+ frames in \d+ files\n +at .*(?:\n +at .*)* main\.js:\d+:\d+$/m);
});
