/** Reads a folder of posts (`file:…/`) as one document: its Markdown files and the digests of its images. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PostFolder } from '../model/document.js';
import type { FetchRequest, FetchResult } from '../model/fetch.js';
import { toFileFailure } from './file.js';

const POST = /\.(?:md|markdown)$/i;
/** Image formats that cannot contain scripts. */
const IMAGE = /\.(?:jpe?g|png|gif|webp|avif)$/i;

/**
 * Resolves with a `PostFolder` as JSON, or with `not-modified` if the name, size and time of every file are unchanged.
 * Skips symbolic links and hidden files.
 */
export async function fetchFolder(request: FetchRequest, signal: AbortSignal): Promise<FetchResult> {
  signal.throwIfAborted();
  try {
    return await readFolder(request, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    return toFileFailure(request, thrown);
  }
}

async function readFolder(request: FetchRequest, signal: AbortSignal): Promise<FetchResult> {
  const folder = fileURLToPath(request.url);
  const paths = (await listFolderPaths(folder, '')).sort();
  const stamp = createHash('sha256');
  for (const path of paths) {
    const { size, mtimeNs, ino } = await stat(join(folder, path), { bigint: true });
    stamp.update(`${path}\0${size} ${mtimeNs} ${ino}\n`);
  }
  const validators = { url: request.url, etag: `"${stamp.digest('base64url')}"`, lastModified: null };
  const answer = { finalUrl: request.url, hops: [], headers: {}, validators, wireBytes: 0 };
  if (request.validators?.etag === validators.etag) return { kind: 'not-modified', status: 304, ...answer };
  const posts: { path: string; text: string }[] = [];
  const images: { path: string; digest: string }[] = [];
  for (const path of paths) {
    signal.throwIfAborted();
    const bytes = await readFile(join(folder, path));
    if (POST.test(path)) posts.push({ path, text: bytes.toString('utf8') });
    else images.push({ path, digest: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) });
  }
  const document: PostFolder = { posts, images };
  const body = Buffer.from(JSON.stringify(document));
  return { kind: 'fresh', status: 200, ...answer, body, contentType: null, partial: false };
}

async function listFolderPaths(folder: string, below: string): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = below + entry.name;
      if (entry.name.startsWith('.')) return [];
      if (entry.isDirectory()) return await listFolderPaths(folder, `${path}/`);
      return entry.isFile() && (POST.test(path) || IMAGE.test(path)) ? [path] : [];
    }),
  );
  return found.flat();
}
