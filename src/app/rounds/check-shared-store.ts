/** Finds problems of a site shared by several processes. */
import { hostname } from 'node:os';
import { MANIFEST } from '../../compose/manifest.js';
import type { Settings } from '../../model/settings.js';
import { readPublishedNote } from '../../pipeline/publish/commit-note.js';
import type { Store } from '../../ports/store/store.js';
import { createDirectorySink } from '../../sink/directory.js';
import { contentDigest } from '../../text/digest.js';
import { readStore } from '../open-store.js';

export interface SharedProblem {
  readonly path: string;
  readonly message: string;
}

/** Meta key: host of the last publisher. */
const HOST = 'store.publisher';

export async function notePublisher(store: Pick<Store, 'meta' | 'saveMeta'>): Promise<void> {
  if ((await store.meta(HOST)) !== hostname()) await store.saveMeta(HOST, hostname());
}

/** Reads the store without a lock. Rejects with StoreError. */
export async function findSharedProblems(settings: Settings): Promise<SharedProblem[]> {
  const { isPooledByTransaction } = await import('../../store/postgres/rounds/pooling.js');
  const pooled = (await isPooledByTransaction(settings.store))
    ? [
        {
          path: 'store.url',
          message:
            'a connection pool assigns sessions per transaction, which breaks the lock of the publisher: connect to the database directly, or use session pooling',
        },
      ]
    : [];
  return [...pooled, ...(await findFolderProblems(settings))];
}

/** Publishers on different machines need a common target, such as a bucket. */
export async function findFolderProblems({
  store: at,
  publish,
}: Pick<Settings, 'store' | 'publish'>): Promise<SharedProblem[]> {
  if (publish.s3 !== undefined) return [];
  const [host, published] = await readStore(
    at,
    async (store) => [await store.meta(HOST), (await readPublishedNote(store)).manifest] as const,
  );
  if (host === null || host === hostname() || published === null) return [];
  const manifest = await createDirectorySink(publish.dir).read(MANIFEST);
  if (manifest !== null && contentDigest(manifest) === published) return [];
  const message = `${host} publishes this site to another folder: configure publish.s3, or a folder shared by all publishers`;
  return [{ path: 'publish.dir', message }];
}
