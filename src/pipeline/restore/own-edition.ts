/** Checks whether a restore is needed and possible. Every run loads this file, so it stays small. */
import { MANIFEST, type Manifest, readManifest } from '../../compose/manifest.js';
import type { Sink } from '../../ports/sink.js';
import type { Store } from '../../ports/store/store.js';
import { EDITION } from '../publish/edition-state.js';

/** Returns whether the store has never contained anything. */
export async function isEmptyStore(store: Store): Promise<boolean> {
  if ((await store.countArticles()) > 0 || (await store.meta(EDITION)) !== null) return false;
  return (await store.pending()).length === 0;
}

/** null: the folder contains no edition of this site. */
export async function readOwnManifest(sink: Pick<Sink, 'read'>, siteUrl: string): Promise<Manifest | null> {
  const bytes = await sink.read(MANIFEST);
  const manifest = bytes === null ? null : readManifest(Buffer.from(bytes).toString('utf8'));
  return manifest?.site === siteUrl ? manifest : null;
}
