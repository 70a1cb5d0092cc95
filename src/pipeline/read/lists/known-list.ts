/** Updates the known content of a list after it is read again. */

import type { SourceId } from '../../../model/source.js';
import type { KnownList, ListMember, SourceList } from '../../../model/source-list.js';
import { contentDigest } from '../../../text/digest.js';
import { toSourceId } from '../../../text/url/source-id.js';
import { urlKey } from '../../../text/url/url.js';

/** Maximum number of former sources to keep. */
const MOST_LEFT = 1000;

interface KnownElsewhere {
  /** Ids of configured sources. */
  readonly taken: ReadonlySet<SourceId>;
  /** Current and former members of other lists. */
  readonly others: readonly ListMember[];
}

/** Identifies sources by URL. A source keeps its id, also across lists. Sources that are no longer listed stay as `left`. */
export function updateKnownList(
  before: KnownList | null,
  found: SourceList,
  { taken, others }: KnownElsewhere,
): KnownList {
  const known = indexAddresses(before?.sources ?? []);
  const elsewhere = indexAddresses(others);
  const ids = new Set([...taken, ...[...known.values(), ...others].map(({ id }) => id)]);
  const named = found.sources.map((source): ListMember => {
    const key = urlKey(source.url);
    const id = (known.get(key) ?? elsewhere.get(key))?.id ?? createListedId(source.url, ids);
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

function indexAddresses(sources: readonly ListMember[]): Map<string, ListMember> {
  return new Map(sources.map((source) => [urlKey(source.url), source]));
}

/** Derived from the URL only, so that ids do not depend on the order of the list. */
function createListedId(url: string, taken: ReadonlySet<SourceId>): SourceId {
  const id = toSourceId(url);
  return taken.has(id)
    ? `${id}-${contentDigest(url)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')
        .slice(0, 8)}`
    : id;
}
