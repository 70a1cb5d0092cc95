/** The id of a source that its entry in the config does not name. */
import { sourceIdOf } from '../text/url/source-id.js';
import { isFeedAddress } from './values.js';
import type { Path } from './yaml.js';

/**
 * That of its address, or of the first of several; undefined: it has none.
 * @param written A scalar of the entry as it is written, by its path in there: what the environment fills in is no part of an id.
 */
export function sourceIdOfEntry(
  { url, feeds }: { readonly url?: unknown; readonly feeds?: unknown },
  written: (path: Path) => string | undefined,
): string | undefined {
  const isOne = typeof url === 'string' && url !== '';
  const address = isOne ? url : Array.isArray(feeds) ? feeds[0] : undefined;
  if (typeof address !== 'string' || !isFeedAddress(address)) return undefined;
  return sourceIdOf(written(isOne ? ['url'] : ['feeds', 0]) ?? address);
}
