import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectorySink } from '../../src/sink/directory.js';
import { sinkContract } from '../contract/sink.js';
import { asNobody } from '../support/as-nobody.js';
import { fullFolder } from '../support/full-folder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

sinkContract('a directory', () => createDirectorySink(join(temporaryFolder(), 'feeds')));

async function publish(dir: string, files: Record<string, string>, remove: readonly string[] = []) {
  const edition = await createDirectorySink(dir).begin();
  await Promise.all(Object.entries(files).map(([path, bytes]) => edition.put({ path, bytes })));
  return edition.commit(remove);
}
const names = (dir: string) => readdirSync(dir, { recursive: true }).map(String).sort();

describe('a directory', () => {
  it('reports a folder that lost a file or got another', async () => {
    const dir = temporaryFolder();
    await publish(dir, { 'articles/a.html': 'a', 'articles/b.html': 'b', 'archive/all/1.rss': 'c' });
    const sink = createDirectorySink(dir);
    const folders = ['articles', 'archive/all', 'none'];
    const times = async () => [...(await sink.changeTimes(folders)).entries()];
    const before = await times();
    expect(before.map(([folder]) => folder)).toEqual(['articles', 'archive/all']);
    expect(await times()).toEqual(before);
    const wait = () => new Promise((done) => setTimeout(done, 20)); // file systems count time in ticks
    for (const change of [
      () => rmSync(join(dir, 'articles/a.html')),
      () => writeFileSync(join(dir, 'articles/c'), ''),
    ]) {
      const [earlier, archive] = await times();
      await wait();
      change();
      expect(await times()).not.toContainEqual(earlier);
      expect(await times()).toContainEqual(archive);
    }
  });

  it('does not touch a file whose bytes are the same', async () => {
    const dir = temporaryFolder();
    await publish(dir, { 'a.rss': 'a' });
    const state = () => {
      const { ino, ctimeMs, mtimeMs } = statSync(join(dir, 'a.rss'));
      return { ino, ctimeMs, mtimeMs };
    };
    const before = state();
    await publish(dir, { 'a.rss': 'a' });
    expect(state()).toEqual(before);
  });

  it('treats a folder, a pipe or an invalid name as a missing file', async () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, 'all.json'));
    execFileSync('mkfifo', [join(dir, 'all.rss')]);
    symlinkSync('all.atom', join(dir, 'all.atom'));
    const sink = createDirectorySink(dir);
    for (const path of ['all.json', 'all.rss', 'all.atom', `topics/${'z'.repeat(5000)}.rss`])
      expect(await sink.read(path)).toBeNull();
  });

  it('does not write its note through a symbolic link', async () => {
    const dir = temporaryFolder();
    symlinkSync('../elsewhere', join(dir, '.newsloom-publishing.tmp'));
    await publish(dir, { 'a.rss': 'a' });
    expect(existsSync(join(dir, '../elsewhere'))).toBe(false);
  });

  it('removes its temporary files, and those of a killed run', async () => {
    const dir = temporaryFolder();
    const killed = await createDirectorySink(dir).begin();
    await killed.put({ path: 'topics/a.rss', bytes: 'half' });
    expect(names(dir)).toHaveLength(3);
    writeFileSync(join(dir, '.newsloom-theirs.tmp'), '');
    await publish(dir, { 'b.rss': 'b' });
    expect(names(dir)).toEqual(['.newsloom-theirs.tmp', 'b.rss', 'topics']);
  });

  it('cleans up after a killed run next to an unreadable folder', async () => {
    const dir = temporaryFolder();
    const killed = await createDirectorySink(dir).begin();
    await killed.put({ path: 'a.rss', bytes: 'half' });
    mkdirSync(join(dir, 'lost+found'), { mode: 0o000 });
    chmodSync(dir, 0o777);
    await asNobody(() => publish(dir, { 'b.rss': 'b' }));
    chmodSync(join(dir, 'lost+found'), 0o700); // so that cleanup can remove it
    expect(names(dir)).toEqual(['b.rss', 'lost+found']);
  });

  it('removes folders that became empty, and no others', async () => {
    const dir = temporaryFolder();
    await publish(dir, { 'archive/topics/a/1.rss': '1', 'archive/all/1.rss': '1', 'topics/a.rss': 'a' });
    writeFileSync(join(dir, 'topics', 'mine.txt'), '');
    await publish(dir, {}, ['archive/topics/a/1.rss', 'topics/a.rss']);
    expect(names(dir)).toEqual(['archive', 'archive/all', 'archive/all/1.rss', 'topics', 'topics/mine.txt']);
  });

  it('does not follow a symbolic link out of the folder', async () => {
    const dir = temporaryFolder();
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'a.rss'), 'theirs');
    symlinkSync(outside, join(dir, 'topics'));
    await expect(publish(dir, { 'topics/b.rss': 'b' })).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
    await publish(dir, {}, ['topics/a.rss']);
    expect(names(outside)).toEqual(['a.rss']);
  });

  it('replaces a symbolic link instead of its target', async () => {
    const dir = temporaryFolder();
    const outside = join(temporaryFolder(), 'theirs.rss');
    writeFileSync(outside, 'theirs');
    symlinkSync(outside, join(dir, 'a.rss'));
    await publish(dir, { 'a.rss': 'ours' });
    expect([readFileSync(outside, 'utf8'), readFileSync(join(dir, 'a.rss'), 'utf8')]).toEqual(['theirs', 'ours']);
  });

  it('reports a folder in the place of a file', async () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, 'a.rss'));
    await expect(publish(dir, { 'a.rss': 'a' })).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
  });
});

describe('the order of renames', () => {
  it('finishes an archive document before the one that follows it appears', async () => {
    const dir = temporaryFolder();
    await publish(dir, { 'archive/all/9.rss': 'nine' });
    const later: string[] = [];
    const watcher = watch(join(dir, 'archive', 'all'), (_, name) => {
      if (name !== null && !name.endsWith('.tmp')) later.push(name);
    });
    await publish(dir, { 'archive/all/10.rss': 'ten', 'archive/all/9.rss': 'nine, next: ten' });
    await expect.poll(() => new Set(later)).toEqual(new Set(['9.rss', '10.rss']));
    watcher.close();
    expect(later.indexOf('9.rss')).toBeLessThan(later.indexOf('10.rss'));
  });
});

describe('a full disk', () => {
  it.skipIf(!fullFolder.possible)(`keeps published files when there is no space (${fullFolder.how})`, async () => {
    const dir = join(fullFolder.make(512 * 1024), 'feeds');
    await publish(dir, { 'all.rss': 'old', 'topics/a.rss': 'old' });
    const edition = await createDirectorySink(dir).begin();
    await edition.put({ path: 'topics/a.rss', bytes: 'new' });
    const large = edition.put({ path: 'all.rss', bytes: 'x'.repeat(1024 * 1024) });
    await expect(large).rejects.toMatchObject({ name: 'PublishError', code: 'PUBLISH_FULL' });
    await edition.abort();
    expect(readFileSync(join(dir, 'all.rss'), 'utf8')).toBe('old');
    expect(readFileSync(join(dir, 'topics/a.rss'), 'utf8')).toBe('old');
    expect(names(dir)).toEqual(['all.rss', 'topics', 'topics/a.rss']);
  });

  it('keeps published files when a folder is not writable', async () => {
    const dir = temporaryFolder();
    await publish(dir, { 'all.rss': 'old' });
    chmodSync(dir, 0o555);
    const refused = expect(asNobody(() => publish(dir, { 'all.rss': 'new' }))).rejects;
    await refused.toMatchObject({ name: 'PublishError', code: 'PUBLISH_FAILED', details: { reason: 'EACCES' } });
    chmodSync(dir, 0o755);
    expect(readFileSync(join(dir, 'all.rss'), 'utf8')).toBe('old');
  });
});
