import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aFetcher, aRequest } from '../support/loopback.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'newsloom-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const signal = new AbortController().signal;
const ask = (name: string, parts = {}) =>
  aFetcher({ maxBytes: 100 }).fetch(aRequest(pathToFileURL(join(folder, name)).href, parts), signal);

describe('a file source', () => {
  it('is fresh once, then not modified until it changes', async () => {
    const path = join(folder, 'own feed.xml');
    writeFileSync(path, '<rss/>');
    const first = await ask('own feed.xml');
    expect(first.kind === 'fresh' && Buffer.from(first.body).toString()).toBe('<rss/>');
    const validators = first.kind === 'fresh' ? first.validators : null;
    expect((await ask('own feed.xml', { validators })).kind).toBe('not-modified');
    utimesSync(path, 1, 1);
    expect((await ask('own feed.xml', { validators })).kind).toBe('fresh');
  });

  it.each([
    ['missing.xml', 'does not exist'],
    ['.', 'is not a regular file'],
    ['large.xml', 'is larger than 0 MB'],
  ])('%s fails with a message', async (name, words) => {
    writeFileSync(join(folder, 'large.xml'), 'x'.repeat(200));
    const result = await ask(name);
    expect(result.kind === 'failed' && result.error.code).toBe('FETCH_FILE');
    expect(result.kind === 'failed' && result.error.message).toContain(words);
  });

  it.each([
    ['a pipe', () => execFileSync('mkfifo', [join(folder, 'odd')])],
    ['a link to a device', () => symlinkSync('/dev/zero', join(folder, 'odd'))],
    ['a link to a terminal', () => symlinkSync('/dev/tty', join(folder, 'odd'))],
    ['a link to a folder', () => symlinkSync('.', join(folder, 'odd'))],
  ])('%s fails at once', async (_, make) => {
    make();
    const result = await ask('odd');
    expect(result.kind === 'failed' && result.error.details.reason).toMatch(/not-a-file|ENXIO/);
  });

  it.each(['file:///srv/a%00b', 'file:///srv/a%2Fb', 'file://elsewhere/srv/a'])(
    '%s fails with a message',
    async (url) => {
      const result = await aFetcher({ maxBytes: 100 }).fetch(aRequest(url), signal);
      expect(result.kind === 'failed' && result.error.code).toBe('FETCH_FILE');
    },
  );

  it('is not read beyond its size, such as a system file of size 0', async () => {
    const result = await aFetcher({ maxBytes: 100 }).fetch(aRequest('file:///proc/version'), signal);
    expect(result.kind === 'fresh' && result.body.length).toBe(0);
  });
});
