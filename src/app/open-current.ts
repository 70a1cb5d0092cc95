/** Opens the store of a site for a run, where it is the one that belongs to the published folder. */
import { StoreError } from '../model/errors.js';
import type { RestoreCause } from '../model/restore-report.js';
import type { Settings } from '../model/settings.js';
import { checkDeskNotes } from '../pipeline/organize/apply-desk.js';
import { knownTitles } from '../pipeline/organize/apply-titles.js';
import { readAsked } from '../pipeline/organize/ask-questions.js';
import { movedArticles } from '../pipeline/organize/move-between-stories.js';
import { readPlacement } from '../pipeline/organize/place-articles.js';
import { notedSources } from '../pipeline/organize/removed-sources.js';
import { checkDigestNotes } from '../pipeline/publish/digests/check-notes.js';
import { readLastRun } from '../pipeline/read/run-clock.js';
import { isOlderThanFolder } from '../pipeline/restore/is-older.js';
import { isEmptyStore, ownManifest } from '../pipeline/restore/own-edition.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import { openSink } from './open-sink.js';
import { openStore } from './open-store.js';

/** A store, and what its site is published to, as that was just found. */
interface CurrentStore {
  readonly store: Store;
  readonly sink: Sink;
}

/** For the holder of its lock. Opens the store, or tells why it must be restored first. Throws StoreError, STORE_CORRUPT too where there is nothing to restore from. */
export async function openCurrent(
  settings: Settings,
  signal: AbortSignal,
): Promise<CurrentStore | RestoreCause['reason']> {
  const { store: at, site } = settings;
  const isPublished = async () =>
    at.kind !== 'memory' && (await ownManifest(await openSink(settings, { memory: null }), site.url)) !== null;
  let store: Store | null = null;
  try {
    store = await openStore(at, 'locked');
    // Damage that the run would find only once the store can no longer be restored.
    const notes = [readLastRun, readPlacement, readAsked, checkDeskNotes, movedArticles, notedSources, knownTitles];
    for (const read of notes) await read(store);
    if (settings.digests !== undefined) await checkDigestNotes(store, settings.digests);
    const sink = await openSink(settings, { memory: store });
    const reason = (await isEmptyStore(store)) ? 'empty' : 'older';
    const stays =
      reason === 'older' ? !(await isOlderThanFolder(store, sink, site.url, signal)) : !(await isPublished());
    if (stays) return { store, sink };
    await store.close();
    return reason;
  } catch (error) {
    await store?.close().catch(() => {});
    if (error instanceof StoreError && error.code === 'STORE_CORRUPT' && (await isPublished())) return 'damaged';
    throw error;
  }
}
