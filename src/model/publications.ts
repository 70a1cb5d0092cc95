/** Counts who reports a story: a publication counts once, and so does a source, whatever names its items carry. */
import type { Attribution } from './article.js';
import type { SourceId } from './source.js';

export interface NamedReport {
  readonly sourceId: SourceId;
  readonly publication: string;
}

export function toPublicationKey(publication: string): string {
  return publication.toLowerCase();
}

/** The last of each publication, in their order. */
export function keepLatest<T>(reports: readonly T[], readPublication: (report: T) => string): T[] {
  const latest = new Map<string, T>();
  for (const report of reports) {
    const key = toPublicationKey(readPublication(report));
    latest.delete(key);
    latest.set(key, report);
  }
  return [...latest.values()];
}

export function toReport({
  sourceId,
  attribution,
}: {
  readonly sourceId: SourceId;
  readonly attribution: Pick<Attribution, 'publication'>;
}): NamedReport {
  return { sourceId, publication: attribution.publication.title };
}

/**
 * Keys of the publications that count: as many as possible with a source each, so that a source which also carries
 * reports of others does not hide them. The first report's publication is among them.
 */
export function countPublications(reports: Iterable<NamedReport>): ReadonlySet<string> {
  const keys = new Map<SourceId, Set<string>>();
  for (const { sourceId, publication } of reports) {
    const known = keys.get(sourceId) ?? new Set();
    keys.set(sourceId, known.add(toPublicationKey(publication)));
  }
  const counted = new Map<string, SourceId>();
  for (const sourceId of keys.keys()) assignPublication(sourceId, keys, { counted, tried: new Set() });
  return new Set(counted.keys());
}

/** An augmenting path of a bipartite matching: a source may move on to another of its publications. */
function assignPublication(
  sourceId: SourceId,
  keys: ReadonlyMap<SourceId, ReadonlySet<string>>,
  { counted, tried }: { readonly counted: Map<string, SourceId>; readonly tried: Set<string> },
): boolean {
  for (const key of keys.get(sourceId)!) {
    if (tried.has(key)) continue;
    tried.add(key);
    const holder = counted.get(key);
    if (holder !== undefined && !assignPublication(holder, keys, { counted, tried })) continue;
    counted.set(key, sourceId);
    return true;
  }
  return false;
}
