/** Detects a store that is older than the published edition: after a power failure, or after restoring a backup. */
import { MANIFEST } from '../../compose/manifest.js';
import type { Sink } from '../../ports/sink.js';
import type { Store } from '../../ports/store/store.js';
import { ARCHIVE_FOLDER } from '../../write/address.js';
import { readPublishedNote, savePublishedNote } from '../publish/commit-note.js';
import { readOwnManifest } from './own-edition.js';

/** Reads one file if the folder is as the store knows it. Otherwise checks whether the store contains all articles of the heads. */
export async function isOlderThanFolder(
  store: Pick<Store, 'readJson' | 'saveMeta' | 'takenIds'>,
  sink: Pick<Sink, 'read' | 'digests'>,
  siteUrl: string,
  signal: AbortSignal,
): Promise<boolean> {
  const note = await readPublishedNote(store);
  const digest = (await sink.digests([MANIFEST])).get(MANIFEST);
  if (digest === undefined || digest === note.manifest) return false;
  const manifest = await readOwnManifest(sink, siteUrl);
  if (manifest === null) return false;
  // Loaded on demand: few runs need it.
  const { readPublishedEdition } = await import('./published-edition.js');
  const heads = manifest.paths.filter((path) => !path.startsWith(ARCHIVE_FOLDER));
  const ids = [...(await readPublishedEdition(heads, sink, signal)).articles.keys()];
  const known = await store.takenIds(ids);
  if (ids.some((id) => !known.has(id))) return true;
  await savePublishedNote(store, { ...note, manifest: digest });
  return false;
}
