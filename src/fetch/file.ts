/** Reads `file:` sources, with validators made from the file's metadata. */
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FetchRequest, FetchResult } from '../model/fetch.js';
import { megabytes } from './client.js';
import { fetchError } from './errors.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};

export async function fetchFile(request: FetchRequest, maxBytes: number, signal: AbortSignal): Promise<FetchResult> {
  signal.throwIfAborted();
  try {
    return await read(request, maxBytes);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    return failedRead(request, WORDS[code] ?? 'could not be read', code, thrown);
  }
}

async function read(request: FetchRequest, maxBytes: number): Promise<FetchResult> {
  const file = await open(fileURLToPath(request.url), 'r');
  try {
    const stat = await file.stat({ bigint: true });
    if (!stat.isFile()) return failedRead(request, 'is no plain file', 'not-a-file');
    if (stat.size > maxBytes) return failedRead(request, `is larger than ${megabytes(maxBytes)}`, 'too-large');
    const validators = { url: request.url, etag: `"${stat.mtimeNs}-${stat.size}-${stat.ino}"`, lastModified: null };
    const answer = { finalUrl: request.url, hops: [], headers: {}, validators, wireBytes: 0 };
    if (request.validators?.etag === validators.etag) return { kind: 'not-modified', status: 304, ...answer };
    const body = await file.readFile();
    return { kind: 'fresh', status: 200, ...answer, body, contentType: null, partial: false };
  } finally {
    await file.close();
  }
}

function failedRead(request: FetchRequest, words: string, reason: string, cause?: unknown): FetchResult {
  const error = fetchError('FETCH_FILE', request.url, words, reason, cause);
  return { kind: 'failed', error, status: null, headers: {}, hops: [], finalUrl: request.url, wireBytes: 0 };
}
