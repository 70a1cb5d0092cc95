/** Distinguishes a lost store from a new site's empty store. */
import type { Settings } from '../../model/settings.js';
import { isEmptyStore, readOwnManifest } from '../../pipeline/restore/own-edition.js';
import { openSink } from '../open-sink.js';
import { readStore } from '../open-store.js';

/** Whether the next build restores the store from a published folder. Does not request a bucket. */
export async function isLostStore(settings: Settings): Promise<boolean> {
  if (settings.publish.s3 !== undefined) return false;
  const isEmpty = await readStore(settings.store, isEmptyStore);
  return isEmpty && (await readOwnManifest(await openSink(settings, { memory: null }), settings.site.url)) !== null;
}
