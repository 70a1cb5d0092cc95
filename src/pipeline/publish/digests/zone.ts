/** Resolves the time zone for digest closing times and titles. */
import type { EditionSettings } from '../../../compose/settings.js';
import type { TimeZone } from '../../../model/page.js';
import type { Store } from '../../../ports/store/store.js';
import { settledZone } from '../pages/page-memory.js';
import { withFuture } from '../pages/zone-offsets.js';

export async function digestZone(store: Store, { site }: EditionSettings): Promise<TimeZone> {
  return withFuture(await settledZone(store, site.timezone));
}
