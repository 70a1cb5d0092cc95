/** Derives the id of a source from its config entry. */
import { toSourceId } from '../text/url/source-id.js';
import { isFeedAddress } from './values.js';
import type { Path } from './yaml.js';

/** `written` returns scalars before substitution: values from the environment must not be part of an id. */
export function deriveSourceId(
  { url, feeds }: { readonly url?: unknown; readonly feeds?: unknown },
  written: (path: Path) => string | undefined,
): string | undefined {
  const isOne = typeof url === 'string' && url !== '';
  const address = isOne ? url : Array.isArray(feeds) ? feeds[0] : undefined;
  if (typeof address !== 'string' || !isFeedAddress(address)) return undefined;
  return toSourceId(written(isOne ? ['url'] : ['feeds', 0]) ?? address);
}
