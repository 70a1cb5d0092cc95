/** Lists the articles that join and leave channels when the config changes. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { StoreSettings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import { type ExampleArticle, readExamples } from './examples.js';
import type { StoreSnapshot } from './store-snapshot.js';

export interface NamedChannel {
  readonly path: ChannelPath;
  readonly label: string;
  readonly formerly: readonly ChannelPath[];
}

export interface ReviewedChannel {
  readonly channel: ChannelPath;
  readonly label: string;
  readonly state: 'new' | 'gone' | 'changed';
  readonly before: number;
  readonly after: number;
  readonly joins: ReviewedMove;
  readonly leaves: ReviewedMove;
}

interface ReviewedMove {
  readonly articles: number;
  readonly ofNewSources: number;
  readonly examples: readonly ExampleArticle[];
}

interface ComparedStores {
  readonly before: StoreSnapshot;
  readonly after: StoreSnapshot;
  readonly store: StoreSettings;
  readonly newSources: ReadonlySet<SourceId>;
}

/** Omits unchanged channels; removed ones come last. Throws StoreError. */
export async function reviewChannels(
  { was, is }: { readonly was: readonly NamedChannel[]; readonly is: readonly NamedChannel[] },
  { before, after, store, newSources }: ComparedStores,
): Promise<readonly ReviewedChannel[]> {
  const earlier = new Map(was.map((channel) => [channel.path, channel]));
  const pairs = is.map((channel) => [earlier.get(findFormerPath(channel, earlier)) ?? null, channel] as const);
  const kept = new Set(pairs.flatMap(([old]) => (old === null ? [] : [old.path])));
  const gone = was.filter(({ path }) => !kept.has(path)).map((channel) => [channel, null] as const);
  const moves = [...pairs, ...gone].map(([old, now]) => compareMoves(old, now, before, after));
  const changed = moves.filter(({ joins, leaves }) => joins.length > 0 || leaves.length > 0);
  const joining = await readExamples(new Map(changed.map((one) => [one, one.joins])), store);
  const leaving = await readExamples(new Map(changed.map((one) => [one, one.leaves])), store);
  const brought = new Set([...newSources].flatMap((id) => after.members.get(`sources/${id}`) ?? []));
  const move = (refs: readonly ArticleRef[], examples: readonly ExampleArticle[] = []): ReviewedMove => ({
    articles: refs.length,
    ofNewSources: refs.filter((ref) => brought.has(ref)).length,
    examples,
  });
  return changed.map((one) => ({
    ...one.row,
    joins: move(one.joins, joining.get(one)),
    leaves: move(one.leaves, leaving.get(one)),
  }));
}

/** A renamed channel keeps its articles. */
function findFormerPath(
  { path, formerly }: NamedChannel,
  earlier: ReadonlyMap<ChannelPath, NamedChannel>,
): ChannelPath {
  return [path, ...formerly.toReversed()].find((one) => earlier.has(one)) ?? path;
}

interface Moves {
  readonly row: Omit<ReviewedChannel, 'joins' | 'leaves'>;
  readonly joins: readonly ArticleRef[];
  readonly leaves: readonly ArticleRef[];
}

function compareMoves(
  old: NamedChannel | null,
  now: NamedChannel | null,
  before: StoreSnapshot,
  after: StoreSnapshot,
): Moves {
  const { path, label } = (now ?? old)!;
  const had = old === null ? [] : (before.members.get(old.path) ?? []);
  const has = now === null ? [] : (after.members.get(now.path) ?? []);
  const [hadSet, hasSet] = [new Set(had), new Set(has)];
  const state = old === null ? 'new' : now === null ? 'gone' : 'changed';
  return {
    row: { channel: path, label, state, before: had.length, after: has.length },
    joins: has.filter((ref) => !hadSet.has(ref)),
    leaves: had.filter((ref) => !hasSet.has(ref)),
  };
}
