/** Reads the due sources of a run and saves their responses. */
import type { FetchState, Source, SourceFacts, SourceId } from '../../model/source.js';
import { listFeeds, toFeedKey } from '../../model/source-feeds.js';
import { isLost } from '../../politeness/health.js';
import type { CurrentRun, ReadingTools, RunContext, SourceStates } from '../run-context.js';
import { warnAboutRenamed } from './renamed-sources.js';
import { SourceReader } from './source-reader.js';

/** Time of each source's last success before this run. */
export type ReadBefore = ReadonlyMap<SourceId, Date>;

export interface SourcesRead {
  /** All feeds of the site, including newly found parts. */
  readonly feeds: readonly Source[];
  readonly states: SourceStates;
  readonly readBefore: ReadBefore;
  /** Whether any source was ever read, also by an interrupted publisher of this round. */
  readonly isAnyRead: boolean;
}

/** Requires that lists are read. Sends no requests when `offline`. */
export async function readSources(context: RunContext, current: CurrentRun): Promise<SourcesRead> {
  const { settings, store, reading } = context;
  const { options, counts } = current;
  const configured = settings.sources.filter(({ delisted }) => delisted !== true).flatMap(listFeeds);
  const states = new Map(await store.fetchStates());
  const before = restoreStates(states, reading.remote);
  counts.warnings.push(...warnAboutRenamed(configured, before, settings.sources));
  if (options.offline) counts.notDue = configured.length;
  const feeds = options.offline
    ? configured
    : await new SourceReader(context, current, states, before).readDue(configured);
  const lost = options.offline || options.dryRun ? [] : feeds.filter((one) => isLost(one, states.get(toFeedKey(one))));
  if (lost.length > 0) {
    const { findMovedFeeds } = await import('./find-moved-feeds.js');
    for (const state of await findMovedFeeds(lost, states, context, current)) states.set(state.sourceId, state);
  }
  await reading.reader.close(); // frees the memory of its threads
  return {
    feeds,
    states: new Map([...states].map(([id, state]) => [id, toSourceFacts(state)])),
    readBefore: listLastSuccesses(before),
    isAnyRead: [...states.values()].some(({ lastSuccessAt }) => lastSuccessAt !== null),
  };
}

/** Restores states from before this round if an interrupted publisher already saved new ones. */
function restoreStates(states: ReadonlyMap<SourceId, FetchState>, remote: ReadingTools['remote']) {
  const before = new Map(states);
  for (const { feed, before: state } of remote?.feeds ?? []) {
    if (state === null) before.delete(feed);
    else if (state !== undefined) before.set(feed, state);
  }
  return before;
}

function listLastSuccesses(states: ReadonlyMap<SourceId, FetchState>): ReadBefore {
  const read = [...states].filter(([, { lastSuccessAt }]) => lastSuccessAt !== null);
  return new Map(read.map(([id, { lastSuccessAt }]) => [id, lastSuccessAt!]));
}

function toSourceFacts(state: FetchState): SourceFacts {
  const { configuredUrl, adoptedUrl, profile, homeSince, siteProofs } = state;
  const { health, healthSince, newestArticleAt, error, proposedUrl, images, reservation } = state;
  return {
    configuredUrl,
    adoptedUrl,
    profile,
    homeSince,
    health,
    healthSince,
    newestArticleAt,
    error,
    ...(proposedUrl && { proposedUrl }),
    images,
    ...(reservation && { reservation }),
    ...(siteProofs && { siteProofs }),
  };
}
