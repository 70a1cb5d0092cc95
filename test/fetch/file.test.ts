import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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
    ['.', 'is no plain file'],
    ['large.xml', 'is larger than 0 MB'],
  ])('%s fails in words', async (name, words) => {
    writeFileSync(join(folder, 'large.xml'), 'x'.repeat(200));
    const result = await ask(name);
    expect(result.kind === 'failed' && result.error.code).toBe('FETCH_FILE');
    expect(result.kind === 'failed' && result.error.message).toContain(words);
  });
});
