/** `--only ID,ID`: the sources meant, or what is wrong with the names. */
import type { Settings } from '../model/settings.js';
import { UsageError } from './exit.js';

/** null: all of them. */
export function settleIds(ids: readonly string[] | undefined, { sources }: Settings): ReadonlySet<string> | null {
  if (ids === undefined) return null;
  const known = new Set(sources.map((source) => source.id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new UsageError(
      `--only: no source is called ${unknown.map((id) => `"${id}"`).join(', ')}; there are ${[...known].join(', ')}`,
    );
  }
  if (ids.length === 0) throw new UsageError('--only needs the id of a source');
  return new Set(ids);
}
