/** Detects sources that were probably renamed without `formerly`. */
import type { SourceWarning } from '../../model/report.js';
import type { FetchState, Source, SourceId } from '../../model/source.js';
import { parseSourceId } from '../../model/source-feeds.js';

/** Warns about new source ids at an address that was read under a removed id. */
export function warnAboutRenamed(
  feeds: readonly Source[],
  states: ReadonlyMap<SourceId, FetchState>,
  sources: readonly Pick<Source, 'id'>[],
): SourceWarning[] {
  const fresh = feeds.filter(({ id, feedId, listedBy }) => !feedId && listedBy === undefined && !states.has(id));
  if (fresh.length === 0) return [];
  const ids = new Set(sources.map(({ id }) => id));
  const removed = [...states.values()].filter(({ sourceId }) => !ids.has(parseSourceId(sourceId)));
  const before = new Map(removed.map(({ configuredUrl, sourceId }) => [configuredUrl, parseSourceId(sourceId)]));
  return fresh.flatMap(({ id, url }) => {
    const former = before.get(url);
    if (former === undefined) return [];
    const message = `probably renamed from "${former}": add "formerly: [${former}]" to keep its articles and feeds`;
    return [{ sourceId: `${id}.formerly`, message }];
  });
}
