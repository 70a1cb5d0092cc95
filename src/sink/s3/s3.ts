/** Publishes to a bucket: uploads start at the commit, rank by rank, and each upload names the version that it replaces. */

import type { OutputFile } from '../../model/edition.js';
import { PublishError } from '../../model/errors.js';
import type { S3Settings } from '../../model/settings.js';
import type { Publishing, Sink, SinkResult } from '../../ports/sink.js';
import { contentDigest } from '../../text/digest.js';
import { nextArchivePath, selectCacheControl } from '../../write/published/cache-control.js';
import { findMediaType } from '../../write/published/media-type.js';
import { compareRanks, renameRank, renameTurn } from '../rename-order.js';
import { resolveInside } from '../safe-path.js';
import { type Bucket, createBucket } from './bucket.js';
import { BucketView, type ObjectMemory } from './bucket-view.js';
import { createS3Client, formatBucketAddress, type S3Credentials, type S3Patience } from './client.js';
import { inParallel } from './in-parallel.js';
import { Scratch } from './scratch.js';

export type { S3Credentials } from './client.js';

export interface S3SinkOptions {
  readonly settings: S3Settings;
  readonly credentials: S3Credentials;
  /** null: no record; every existing object is looked up. */
  readonly memory: ObjectMemory | null;
  /** Called before each rank is replaced or removed. Rejects if this process may no longer publish. */
  readonly beforeRank?: () => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly patience?: S3Patience;
}

/** "Change times" of objects: unchanged since this program's upload, or changed. */
const UNCHANGED = 0;
const CHANGED = 1;

interface StagedObject {
  readonly path: string;
  readonly place: string;
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  readonly replaces: string | null;
}

/** Rejects with PublishError PUBLISH_FAILED, also if the package aws4fetch is missing. */
export async function createS3Sink(options: S3SinkOptions): Promise<Sink> {
  const { settings, credentials, memory, now, patience, beforeRank = async () => {} } = options;
  const bucket = createBucket(settings, await createS3Client(settings, credentials, patience));
  const view = new BucketView(bucket, memory, now);
  return {
    begin: async () => beginObjects(settings, bucket, view, beforeRank),
    read: async (path) => bucket.read(requireSafePath(path)),
    sizes: async (paths) => {
      const objects = await view.objects();
      const found = paths.flatMap((path) => objects.get(path) ?? []);
      return new Map(found.filter(({ isForeign }) => !isForeign).map(({ path, size }) => [path, size]));
    },
    changeTimes: async (paths) => {
      const objects = await view.objects();
      const found = paths.flatMap((path) => objects.get(path) ?? []);
      return new Map(found.map(({ path, isForeign }) => [path, isForeign ? CHANGED : UNCHANGED]));
    },
    digests: async (paths) => {
      const found = new Map<string, string>();
      await inParallel(paths, async (path) => {
        const digest = (await view.identify(path))?.digest ?? null;
        if (digest !== null) found.set(path, digest);
      });
      return found;
    },
  };
}

function beginObjects(
  settings: S3Settings,
  bucket: Bucket,
  view: BucketView,
  beforeRank: () => Promise<void>,
): Publishing {
  const staged = new Map<string, StagedObject>();
  const scratch = new Scratch();
  let unchanged = 0;

  async function put({ path, bytes: given }: OutputFile): Promise<'staged' | 'unchanged'> {
    requireSafePath(path);
    const bytes = typeof given === 'string' ? Buffer.from(given) : Buffer.from(given.slice());
    const digest = contentDigest(bytes);
    await view.listObjects();
    const there = await view.identify(path);
    if (there?.digest === digest) {
      if (there.isForeign) await view.record({ path, size: there.size, version: there.version, digest });
      unchanged++;
      return 'unchanged';
    }
    const place = await scratch.write(bytes);
    staged.set(path, { path, place, digest, size: bytes.length, replaces: there?.version ?? null });
    return 'staged';
  }

  async function commit(remove: readonly string[]): Promise<SinkResult> {
    const removed = await findPresent(remove.filter((path) => !staged.has(requireSafePath(path))));
    const removing = new Set(removed);
    if (staged.size + removed.length > 0) await view.invalidate();
    for (const turn of groupByTurn([...staged.values()], ({ path, replaces }) => renameTurn(path, replaces !== null))) {
      await beforeRank();
      await inParallel(turn, (object) => upload(object, removing));
    }
    for (const turn of groupByTurn(removed, renameRank).reverse()) {
      await beforeRank();
      await inParallel(turn, (path) => bucket.remove(path));
    }
    await view.save(removed);
    await scratch.drop();
    const bytes = [...staged.values()].reduce((sum, { size }) => sum + size, 0);
    const written = [...staged.keys()].sort(compareRanks);
    return { written, unchanged, removed, bytes, renamedAt: staged.size > 0 ? UNCHANGED : null };
  }

  async function findPresent(paths: readonly string[]): Promise<readonly string[]> {
    if (paths.length === 0) return [];
    const objects = await view.listObjects();
    return paths.filter((path) => objects.has(path));
  }

  async function upload(
    { path, place, digest, size, replaces }: StagedObject,
    removing: ReadonlySet<string>,
  ): Promise<void> {
    const bytes = await scratch.read(place);
    const headers = await buildHeaders(path, removing);
    const version =
      (await bucket.put({ path, bytes, digest, headers, replaces })) ?? (await findOwnVersion(path, digest));
    await view.record({ path, size, version, digest });
  }

  /** Accepts an identical upload by an earlier run, or one without a received response. */
  async function findOwnVersion(path: string, digest: string): Promise<string> {
    const seen = await bucket.look(path);
    if (seen?.digest === digest) return seen.version;
    const message = `${formatBucketAddress(settings)}${path}: another program changed it during this run; the rest of this edition is not uploaded`;
    throw new PublishError('PUBLISH_OVERTAKEN', message, { details: { path } });
  }

  async function buildHeaders(path: string, removing: ReadonlySet<string>): Promise<Record<string, string>> {
    const next = nextArchivePath(path);
    const isThere = async (one: string) => staged.has(one) || ((await view.objects()).has(one) && !removing.has(one));
    const isFull = next !== null && (await isThere(next));
    return { 'content-type': findMediaType(path).type, 'cache-control': selectCacheControl(path, isFull) };
  }

  return {
    put,
    commit: (remove) => commit(remove).finally(() => scratch.drop()),
    abort: () => scratch.drop(),
  };
}

/** Applies the rules of folders, so that a bucket can be copied into one. */
function requireSafePath(path: string): string {
  resolveInside('', path);
  return path;
}

function groupByTurn<T>(all: readonly T[], turnOf: (one: T) => number): T[][] {
  const turns = new Map<number, T[]>();
  for (const one of all) {
    const turn = turns.get(turnOf(one)) ?? [];
    turns.set(turnOf(one), turn);
    turn.push(one);
  }
  return [...turns].sort(([a], [b]) => a - b).map(([, group]) => group);
}
