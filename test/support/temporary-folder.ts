/** Temporary folders, removed after the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** For `rmSync`: retries, because a process that was just killed may still write there. */
export const REMOVED = { recursive: true, force: true, maxRetries: 10 };

/** Call it in a test or in `beforeEach`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'newsloom-test-'));
  onTestFinished(() => rmSync(folder, REMOVED));
  return folder;
}
