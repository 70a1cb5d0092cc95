/** Whether a store is older than the edition in the folder: after a power cut, or where an older copy was put in its place. */
import { MANIFEST } from '../../compose/manifest.js';
import type { Sink } from '../../ports/sink.js';
import type { Store } from '../../ports/store/store.js';
import { ARCHIVE_FOLDER } from '../../write/address.js';
import { readPublishedNote, savePublishedNote } from '../publish/commit-note.js';
import { ownManifest } from './own-edition.js';

/**
 * Reads one file where the folder is as the store knows it; else the heads, and asks the store for all that they show: a folder that is older
 * than the store shows nothing that the store does not know.
 */
export async function isOlderThanFolder(
  store: Pick<Store, 'note' | 'saveMeta' | 'takenIds'>,
  sink: Pick<Sink, 'read' | 'digests'>,
  siteUrl: string,
  signal: AbortSignal,
): Promise<boolean> {
  const note = await readPublishedNote(store);
  const digest = (await sink.digests([MANIFEST])).get(MANIFEST);
  if (digest === undefined || digest === note.manifest) return false;
  const manifest = await ownManifest(sink, siteUrl);
  if (manifest === null) return false;
  // Loaded only where it is needed, as in few runs.
  const { readPublishedEdition } = await import('./published-edition.js');
  const heads = manifest.paths.filter((path) => !path.startsWith(ARCHIVE_FOLDER));
  const ids = [...(await readPublishedEdition(heads, sink, signal)).articles.keys()];
  const known = await store.takenIds(ids);
  if (ids.some((id) => !known.has(id))) return true;
  await savePublishedNote(store, { ...note, manifest: digest });
  return false;
}
