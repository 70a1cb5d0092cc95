/** `file:` sources: a document on the disk of the editor, with validators made from what the file system says of it. */
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FetchFailed, FetchRequest, FetchResult } from '../model/fetch.js';
import type { RoomForLarge } from '../ports/fetcher.js';
import { LARGE_BODY, megabytes } from './client.js';
import { fetchError } from './errors.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  ENOTDIR: 'is no folder',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};

export async function fetchFile(
  request: FetchRequest,
  maxBytes: number,
  signal: AbortSignal,
  room: RoomForLarge,
): Promise<FetchResult> {
  signal.throwIfAborted();
  try {
    return await read(request, maxBytes, room);
  } catch (thrown) {
    return systemFailure(request, thrown);
  }
}

/** What the file system refused, as a failed fetch. */
export function systemFailure(request: FetchRequest, thrown: unknown): FetchFailed {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  return failedRead(request, WORDS[code] ?? 'could not be read', code, thrown);
}

async function read(request: FetchRequest, maxBytes: number, room: RoomForLarge): Promise<FetchResult> {
  const path = fileURLToPath(request.url);
  // Opening a pipe waits for its other end, and opening a device may start something.
  if (!(await stat(path)).isFile()) return notAFile(request);
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat({ bigint: true });
    if (!found.isFile()) return notAFile(request);
    if (found.size > maxBytes)
      return failedRead(request, `is larger than ${megabytes(maxBytes)} (fetch.maxBytes)`, 'too-large');
    const validators = { url: request.url, etag: `"${found.mtimeNs}-${found.size}-${found.ino}"`, lastModified: null };
    const answer = { finalUrl: request.url, hops: [], headers: {}, validators, wireBytes: 0 };
    if (request.validators?.etag === validators.etag) return { kind: 'not-modified', status: 304, ...answer };
    if (found.size > LARGE_BODY) await room(Number(found.size));
    // No more than it had: it may grow without end, or be a window to the system that has no size.
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Number(found.size)), 0, Number(found.size), 0);
    const body = buffer.subarray(0, bytesRead);
    return { kind: 'fresh', status: 200, ...answer, body, contentType: null, partial: false };
  } finally {
    await file.close();
  }
}

function notAFile(request: FetchRequest): FetchResult {
  return failedRead(request, 'is no plain file', 'not-a-file');
}

function failedRead(request: FetchRequest, words: string, reason: string, cause?: unknown): FetchFailed {
  const error = fetchError('FETCH_FILE', request.url, words, reason, cause);
  return { kind: 'failed', error, status: null, headers: {}, hops: [], finalUrl: request.url, wireBytes: 0 };
}
