/** Validates stored digest data before a run relies on it. */
import type { DigestSettings } from '../../../model/digest.js';
import type { NoteStore } from './digest-notes.js';

/** Throws STORE_CORRUPT if a stored value is invalid. */
export async function checkDigestNotes(store: NoteStore, digests: readonly DigestSettings[]): Promise<void> {
  const { readDigestState } = await import('./digest-notes.js');
  for (const { id } of digests) await readDigestState(store, id);
}
