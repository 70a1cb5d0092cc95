import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BaseFolder, openBase } from '../../../src/app/review/base-folder.js';
import { siteFolder } from '../../support/site-folder.js';

const signal = new AbortController().signal;

function git(folder: string, ...args: readonly string[]): void {
  const own = ['-c', 'user.name=e', '-c', 'user.email=e@n.example'];
  const { status, stderr } = spawnSync('git', [...own, ...args], { cwd: folder, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

/** A section in a subfolder of a repository. */
function aRepository(): string {
  const folder = siteFolder({ 'sec/newsloom.yaml': 'site: {}\n', 'sec/posts/a.md': 'as it was\n' });
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  commit(folder);
  return folder;
}

function commit(folder: string): void {
  git(folder, 'add', '--force', '.');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'Next');
}

async function opened<T>(folder: string, look: (base: BaseFolder) => T | Promise<T>): Promise<T> {
  const base = await openBase('HEAD', join(folder, 'sec/newsloom.yaml'), signal);
  if ('problem' in base) throw new Error(base.problem);
  return await Promise.resolve(look(base)).finally(() => base.remove());
}

describe.runIf(process.platform !== 'win32')('openBase', () => {
  it('opens the commit, not a repository that the change contains', async () => {
    const folder = aRepository();
    cpSync(join(folder, '.git/objects'), join(folder, 'sec/objects'), { recursive: true });
    cpSync(join(folder, '.git/refs'), join(folder, 'sec/refs'), { recursive: true });
    writeFileSync(join(folder, 'sec/HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(folder, 'sec/evil.sh'), `#!/bin/sh\ntouch "${folder}/ran"\n`);
    chmodSync(join(folder, 'sec/evil.sh'), 0o755);
    const evil = `[core]\nbare = false\nworktree = .\nfsmonitor = ./evil.sh\n`;
    writeFileSync(join(folder, 'sec/config'), evil);
    const text = await opened(folder, ({ root }) => readFileSync(join(root, 'posts/a.md'), 'utf8'));
    expect(text).toBe('as it was\n');
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('reads files with the attributes of the commit, not of the change', async () => {
    const folder = aRepository();
    writeFileSync(join(folder, '.gitattributes'), '* working-tree-encoding=UTF-16\n');
    expect(await opened(folder, ({ root }) => readFileSync(join(root, 'posts/a.md'), 'utf8'))).toBe('as it was\n');
  });

  it('rejects a section that is a symbolic link out of the repository', async () => {
    const folder = siteFolder({ a: '' });
    git(folder, 'init', '--quiet');
    symlinkSync(join(aRepository(), 'sec'), join(folder, 'sec'));
    commit(folder);
    const base = await openBase('HEAD', join(folder, 'sec/newsloom.yaml'), signal);
    expect(base).toMatchObject({ problem: expect.stringContaining('a symbolic link leads out') });
  });

  it('is a folder only if written as a path', async () => {
    const at = join(aRepository(), 'sec/newsloom.yaml');
    expect(existsSync('src')).toBe(true);
    expect(await openBase('src', at, signal)).toMatchObject({ problem: expect.stringContaining('neither') });
    expect(await openBase('./src', at, signal)).toMatchObject({ checkout: null });
  });

  it('detects files of the change, also behind a link and in a nested repository', async () => {
    const folder = aRepository();
    for (const name of ['free', 'linked-to', 'own']) mkdirSync(join(folder, 'sec', name));
    writeFileSync(join(folder, 'sec/linked-to/store.db'), '');
    symlinkSync('linked-to', join(folder, 'sec/linked'));
    commit(folder);
    for (const name of ['free', 'own']) writeFileSync(join(folder, 'sec', name, 'store.db'), '');
    git(join(folder, 'sec/own'), 'init', '--quiet');
    const found = await opened(folder, async ({ isCommitted }) => {
      const places = ['free', 'linked-to', 'linked', 'own'].map((name) => join(folder, 'sec', name, 'store.db'));
      return await Promise.all(places.map(isCommitted));
    });
    expect(found).toEqual([false, true, true, true]);
  });
});
