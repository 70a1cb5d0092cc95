/** Finds damage of the notes of digests before a run relies on them. */
import type { DigestSettings } from '../../../model/digest.js';
import type { NoteStore } from './digest-notes.js';

/** STORE_CORRUPT where one is not what was written. */
export async function checkDigestNotes(store: NoteStore, digests: readonly DigestSettings[]): Promise<void> {
  const { readDigestState } = await import('./digest-notes.js');
  for (const { id } of digests) await readDigestState(store, id);
}
