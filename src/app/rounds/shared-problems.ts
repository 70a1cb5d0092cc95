/** What does not fit together where several processes share a site. */
import { hostname } from 'node:os';
import { MANIFEST } from '../../compose/manifest.js';
import type { Settings } from '../../model/settings.js';
import { readPublishedNote } from '../../pipeline/publish/commit-note.js';
import type { Store } from '../../ports/store/store.js';
import { createDirectorySink } from '../../sink/directory.js';
import { contentDigest } from '../../text/digest.js';
import { readStore } from '../open-store.js';

export interface SharedProblem {
  /** A path in the config. */
  readonly path: string;
  readonly message: string;
}

/** Of the machine that published last. */
const HOST = 'store.publisher';

export async function notePublisher(store: Pick<Store, 'meta' | 'saveMeta'>): Promise<void> {
  if ((await store.meta(HOST)) !== hostname()) await store.saveMeta(HOST, hostname());
}

/** Reads the store without its lock. Rejects with StoreError. */
export async function sharedProblems(settings: Settings): Promise<SharedProblem[]> {
  const { isPooledByTransaction } = await import('../../store/postgres/rounds/pooling.js');
  const pooled = (await isPooledByTransaction(settings.store))
    ? [
        {
          path: 'store.url',
          message:
            'statements of one connection reach several sessions of the database, so that its lock would hold nobody: name the database itself, or a pool by session',
        },
      ]
    : [];
  return [...pooled, ...(await ownFolder(settings))];
}

/** A publisher on another machine has a folder of its own: what it publishes would not be seen here, nor what is published here there. A bucket is one for all. */
export async function ownFolder({ store: at, publish }: Pick<Settings, 'store' | 'publish'>): Promise<SharedProblem[]> {
  if (publish.s3 !== undefined) return [];
  const [host, published] = await readStore(
    at,
    async (store) => [await store.meta(HOST), (await readPublishedNote(store)).manifest] as const,
  );
  if (host === null || host === hostname() || published === null) return [];
  const manifest = await createDirectorySink(publish.dir).read(MANIFEST);
  if (manifest !== null && contentDigest(manifest) === published) return [];
  const message = `${host} publishes this site, and not into this folder: several publishers need publish.s3, or a folder that they share`;
  return [{ path: 'publish.dir', message }];
}
