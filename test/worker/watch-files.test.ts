import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchFiles } from '../../src/worker/watch-files.js';
import { until } from '../support/a-worker.js';
import { siteFolder } from '../support/site-folder.js';

describe('watching files', () => {
  it('detects a file that is written, replaced, removed or created, or has another mode', async () => {
    const folder = siteFolder({ 'a.yaml': 'a', 'b.yaml': 'b' });
    const [a, b] = [join(folder, 'a.yaml'), join(folder, 'b.yaml')];
    let changes = 0;
    let looks = 0;
    let change: (() => void) | null = null;
    // Files change between checks: a check during a change could report it twice.
    const files = () => {
      looks++;
      change?.();
      change = null;
      return [a, b];
    };
    onTestFinished(watchFiles(files, () => void changes++, 5));
    /** Resolves after so many checks. */
    const looked = (times: number) => {
      const enough = looks + times + 1;
      return until(() => (looks >= enough ? true : undefined));
    };
    await looked(3);
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
      change = step;
      await looked(3);
      expect(changes).toBe(i + 1);
    }
  });
});
