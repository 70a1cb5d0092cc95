/** What is known of a list after it was read again. */

import type { SourceId } from '../../../model/source.js';
import type { KnownList, ListMember, SourceList } from '../../../model/source-list.js';
import { contentDigest } from '../../../text/digest.js';
import { sourceIdOf } from '../../../text/url/source-id.js';
import { urlKey } from '../../../text/url/url.js';

/** Sources that left, of which the last to leave are remembered. */
const MOST_LEFT = 1000;

/** What else a site knows. */
interface KnownElsewhere {
  /** Ids of the sources in the config. */
  readonly taken: ReadonlySet<SourceId>;
  /** What other lists name, or did. */
  readonly others: readonly ListMember[];
}

/**
 * A source is known by its address and keeps its id, which is the same in all lists that name it. What the list does not name any more stays,
 * as `left`.
 */
export function knownListAfter(
  before: KnownList | null,
  found: SourceList,
  { taken, others }: KnownElsewhere,
): KnownList {
  const known = byAddress(before?.sources ?? []);
  const elsewhere = byAddress(others);
  const ids = new Set([...taken, ...[...known.values(), ...others].map(({ id }) => id)]);
  const named = found.sources.map((source): ListMember => {
    const key = urlKey(source.url);
    const id = (known.get(key) ?? elsewhere.get(key))?.id ?? freeListedId(source.url, ids);
    ids.add(id);
    return { ...source, id, left: false };
  });
  const here = new Set(named.map(({ id }) => id));
  const left = [...known.values()].filter(({ id }) => !here.has(id)).map((source) => ({ ...source, left: true }));
  const folders = new Map(
    [...(left.length > 0 ? (before?.folders ?? []) : []), ...found.folders].map((one) => [one.id, one]),
  );
  return { sources: [...named, ...left.slice(0, MOST_LEFT)], folders: [...folders.values()] };
}

function byAddress(sources: readonly ListMember[]): Map<string, ListMember> {
  return new Map(sources.map((source) => [urlKey(source.url), source]));
}

/** Of the address alone, or with a hash of it: the order of a list gives no ids. */
function freeListedId(url: string, taken: ReadonlySet<SourceId>): SourceId {
  const id = sourceIdOf(url);
  return taken.has(id)
    ? `${id}-${contentDigest(url)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')
        .slice(0, 8)}`
    : id;
}
