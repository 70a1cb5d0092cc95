import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withFileLock } from '../../src/config/edit/file-lock.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const aPath = () => join(temporaryFolder(), 'sources.yaml');

it('runs one job after the other, even if one fails', async () => {
  const path = aPath();
  let inside = 0;
  const work = async (n: number) => {
    expect(++inside).toBe(1);
    await new Promise((done) => setTimeout(done, 5));
    inside--;
    if (n === 1) throw new Error('no');
    return n;
  };
  const ended = await Promise.allSettled([0, 1, 2, 3].map((n) => withFileLock(path, () => work(n))));
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(existsSync(`${path}.newsloom-lock`)).toBe(false);
});

it('names a stale lock', async () => {
  const path = aPath();
  writeFileSync(`${path}.newsloom-lock`, '');
  const waiting = withFileLock(path, async () => 'done', 40);
  await expect(waiting).rejects.toThrow(`if not, delete ${path}.newsloom-lock`);
  expect(existsSync(`${path}.newsloom-lock`)).toBe(true);
});

it('creates a missing folder', async () => {
  expect(await withFileLock(join(temporaryFolder(), 'config', 'desk.yaml'), async () => 'done')).toBe('done');
});

it('reports an unwritable folder as an expected error', async () => {
  const path = aPath();
  writeFileSync(path, '');
  await expect(withFileLock(join(path, 'desk.yaml'), async () => 1)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    problems: [
      { file: join(path, 'desk.yaml'), message: `cannot change this file: writing to ${path} failed (EEXIST)` },
    ],
  });
  await expect(withFileLock(join(path, 'config', 'desk.yaml'), async () => 1)).rejects.toThrow('(ENOTDIR)');
});
