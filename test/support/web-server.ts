/** Starts third-party web servers, and defines the expected headers of each published file. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { findMediaType, PAGE_POLICY } from '../../src/write/published/media-type.js';

/** For servers that run as another user, with any umask of the files. */
export function openToAll(folder: string): void {
  expect(spawnSync('chmod', ['-R', 'a+rX', folder]).status).toBe(0);
}

/** Resolves once `ask` does. Fails with the server's output if the server ends first. */
export async function untilAnswering(
  server: ChildProcess,
  ask: () => Promise<unknown>,
  said: () => string,
): Promise<void> {
  for (;;) {
    const is = await ask().then(
      () => true,
      () => false,
    );
    if (is) return;
    expect(server.exitCode, said()).toBeNull();
    await new Promise((again) => setTimeout(again, 20));
  }
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await new Promise((exited) => child.once('exit', exited));
}

/**
 * The Content-Security-Policy of a file; null: none. For pages the header contains only what their meta element cannot.
 */
export function findPolicy(path: string): string | null {
  const { policy } = findMediaType(path);
  if (policy === PAGE_POLICY) return "frame-ancestors 'none'";
  return path.startsWith('frames/') ? null : policy;
}
