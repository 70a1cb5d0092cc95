import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchFiles } from '../../src/worker/watch-files.js';
import { until } from '../support/a-worker.js';
import { siteFolder } from '../support/site-folder.js';

const EVERY = 10;

describe('watching files', () => {
  it('notices a file that was written, replaced, removed or created, or that may be read by others', async () => {
    const folder = siteFolder({ 'a.yaml': 'a', 'b.yaml': 'b' });
    const [a, b] = [join(folder, 'a.yaml'), join(folder, 'b.yaml')];
    let changes = 0;
    onTestFinished(
      watchFiles(
        () => [a, b],
        () => void changes++,
        EVERY,
      ),
    );
    await sleep(5 * EVERY);
    expect(changes).toBe(0);
    const steps = [
      () => writeFileSync(a, 'other'),
      () => {
        writeFileSync(`${b}.new`, 'b');
        renameSync(`${b}.new`, b);
      },
      () => rmSync(a),
      () => writeFileSync(a, 'back'),
      () => chmodSync(a, 0o600),
    ];
    for (const [i, step] of steps.entries()) {
      step();
      await until(() => (changes > i ? true : undefined));
      await sleep(3 * EVERY);
      expect(changes).toBe(i + 1);
    }
  });
});
