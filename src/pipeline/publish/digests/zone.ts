/** Resolves the time zone for digest closing times and titles. */
import type { EditionSettings } from '../../../compose/settings.js';
import type { TimeZone } from '../../../model/page.js';
import type { Store } from '../../../ports/store/store.js';
import { readSettledZone } from '../pages/page-memory.js';
import { addFutureOffsets } from '../pages/zone-offsets.js';

export async function resolveDigestZone(store: Store, { site }: EditionSettings): Promise<TimeZone> {
  return addFutureOffsets(await readSettledZone(store, site.timezone));
}
