/** Reads `file:` sources. Validators are made from the file's metadata. */
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FetchFailed, FetchRequest, FetchResult } from '../model/fetch.js';
import type { RoomForLarge } from '../ports/fetcher.js';
import { formatMegabytes, LARGE_BODY } from './client.js';
import { createFetchError } from './errors.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory',
  ENOTDIR: 'is not a directory',
  EACCES: 'cannot be read: no permission',
  EPERM: 'cannot be read: no permission',
};

export async function fetchFile(
  request: FetchRequest,
  maxBytes: number,
  signal: AbortSignal,
  room: RoomForLarge,
): Promise<FetchResult> {
  signal.throwIfAborted();
  try {
    return await readRegularFile(request, maxBytes, room);
  } catch (thrown) {
    return toFileFailure(request, thrown);
  }
}

export function toFileFailure(request: FetchRequest, thrown: unknown): FetchFailed {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  return createReadFailure(request, WORDS[code] ?? 'could not be read', code, thrown);
}

async function readRegularFile(request: FetchRequest, maxBytes: number, room: RoomForLarge): Promise<FetchResult> {
  const path = fileURLToPath(request.url);
  // Opening a pipe blocks, and opening a device may have side effects.
  if (!(await stat(path)).isFile()) return createNotFileFailure(request);
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat({ bigint: true });
    if (!found.isFile()) return createNotFileFailure(request);
    if (found.size > maxBytes)
      return createReadFailure(request, `is larger than ${formatMegabytes(maxBytes)} (fetch.maxBytes)`, 'too-large');
    const validators = { url: request.url, etag: `"${found.mtimeNs}-${found.size}-${found.ino}"`, lastModified: null };
    const answer = { finalUrl: request.url, hops: [], headers: {}, validators, wireBytes: 0 };
    if (request.validators?.etag === validators.etag) return { kind: 'not-modified', status: 304, ...answer };
    if (found.size > LARGE_BODY) await room(Number(found.size));
    // Never read beyond the initial size: the file may grow, or be a special file without a size.
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Number(found.size)), 0, Number(found.size), 0);
    const body = buffer.subarray(0, bytesRead);
    return { kind: 'fresh', status: 200, ...answer, body, contentType: null, partial: false };
  } finally {
    await file.close();
  }
}

function createNotFileFailure(request: FetchRequest): FetchResult {
  return createReadFailure(request, 'is not a regular file', 'not-a-file');
}

function createReadFailure(request: FetchRequest, words: string, reason: string, cause?: unknown): FetchFailed {
  const error = createFetchError('FETCH_FILE', request.url, words, reason, cause);
  return { kind: 'failed', error, status: null, headers: {}, hops: [], finalUrl: request.url, wireBytes: 0 };
}
