/** A folder on its own small file system, for tests of full disks, if mounting is allowed. */
import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.js';

function mount(dir: string, bytes: number): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', dir]).status === 0;
}

function unmount(dir: string): void {
  spawnSync('umount', ['-l', dir]);
}

function probe(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const mounted = mount('/mnt', 4096);
  if (mounted) unmount('/mnt');
  return mounted;
}

const possible = probe();

export const fullFolder = {
  possible,
  how: possible ? 'tmpfs' : 'NOT TRIED: no small file system can be mounted here',
  /** An empty folder with room for `bytes`, removed after the test. */
  make(bytes: number): string {
    const dir = temporaryFolder();
    if (!mount(dir, bytes)) throw new Error(`could not mount ${dir}`);
    onTestFinished(() => unmount(dir));
    return dir;
  },
  /** Makes one of them read-only, or writable again. */
  remount(dir: string, how: 'ro' | 'rw'): void {
    const { status } = spawnSync('mount', ['-o', `remount,${how}`, dir]);
    if (status !== 0) throw new Error(`could not remount ${dir}`);
  },
};
