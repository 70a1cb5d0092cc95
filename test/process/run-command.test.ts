/** Commands of the editor. test/e2e/enrich.test.ts covers complete runs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCommandRunner } from '../../src/process/run-command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('starts nothing if the run is already aborted', async () => {
  const folder = temporaryFolder();
  const call = { run: ['/bin/sh', '-c', 'echo x > started'], env: {}, timeoutMs: 10_000, lines: [] };
  const runner = createCommandRunner(folder, process.env);
  await expect(runner.run(call, AbortSignal.abort(new Error('the run ended')))).rejects.toThrow('the run ended');
  expect(existsSync(join(folder, 'started'))).toBe(false);
  await runner.run(call, new AbortController().signal);
  expect(existsSync(join(folder, 'started'))).toBe(true);
});
