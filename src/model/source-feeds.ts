/** The feeds of a source: one publication may have several, each with a state of its own. */
import type { Source, SourceId } from './source.js';

type NamedPart = NonNullable<Source['parts']>[number];

/** The source with each of its addresses, those that its index names included. */
export function feedsOf<S extends Pick<Source, 'id' | 'url' | 'moreFeeds' | 'parts' | 'feedId'>>(
  source: S,
): readonly S[] {
  const more = (source.moreFeeds ?? []).map((url, i) => ({ ...source, url, feedId: `${source.id}.${i + 2}` }));
  return [source, ...more, ...(source.parts ?? []).map((part) => partOf(source, part))];
}

/** A document that an index names may lie elsewhere: what is for the source's own server is not sent there. */
export function partOf<S extends Pick<Source, 'url'>>(source: S, part: NamedPart): S {
  const isElsewhere = new URL(part.url).origin !== new URL(source.url).origin;
  return { ...source, ...part, ...(isElsewhere && { headers: {} }) };
}

/** The configured source whose list or index named it; null: it is configured itself. */
export function foundBy({
  id,
  feedId,
  parts = [],
  listedBy,
}: Pick<Source, 'id' | 'feedId' | 'parts' | 'listedBy'>): SourceId | null {
  if (listedBy !== undefined) return listedBy;
  return parts.some((part) => part.feedId === feedId) ? id : null;
}

/** Names the state of a feed in the store: the id of its source; of its second feed and later ones, `<id>.<number>`; of a part, `<id>.<hash>`. */
export function feedIdOf({ id, feedId }: Pick<Source, 'id' | 'feedId'>): string {
  return feedId ?? id;
}

/** The source whose feed it is: an id of a source has no point. */
export function sourceOfFeed(feedId: string): SourceId {
  return feedId.split('.', 1)[0]!;
}
