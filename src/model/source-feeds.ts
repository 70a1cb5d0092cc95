/** Handles the feeds of a source: a publication may have several, each with its own state. */
import type { Source, SourceId } from './source.js';

type NamedPart = NonNullable<Source['parts']>[number];

/** The source once per address, including those from its index. */
export function listFeeds<S extends Pick<Source, 'id' | 'url' | 'moreFeeds' | 'parts' | 'feedId'>>(
  source: S,
): readonly S[] {
  const more = (source.moreFeeds ?? []).map((url, i) => ({ ...source, url, feedId: `${source.id}.${i + 2}` }));
  return [source, ...more, ...(source.parts ?? []).map((part) => createPartSource(source, part))];
}

/** A part may be on another server. Then the source's headers are not sent to it. */
export function createPartSource<S extends Pick<Source, 'url'>>(source: S, part: NamedPart): S {
  const isElsewhere = new URL(part.url).origin !== new URL(source.url).origin;
  return { ...source, ...part, ...(isElsewhere && { headers: {} }) };
}

/** The configured source with the list or index that contains this one; null: it is configured itself. */
export function findParentSource({
  id,
  feedId,
  parts = [],
  listedBy,
}: Pick<Source, 'id' | 'feedId' | 'parts' | 'listedBy'>): SourceId | null {
  if (listedBy !== undefined) return listedBy;
  return parts.some((part) => part.feedId === feedId) ? id : null;
}

/** The source's id, `<id>.<number>` from its second feed on, `<id>.<hash>` for a part. */
export function toFeedKey({ id, feedId }: Pick<Source, 'id' | 'feedId'>): string {
  return feedId ?? id;
}

/** Ids of sources contain no dot. */
export function parseSourceId(feedId: string): SourceId {
  return feedId.split('.', 1)[0]!;
}
