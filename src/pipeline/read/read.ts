/** Fetches the sources that are due, and brings their answers into the store. */
import { FetchError, NewsloomError } from '../../model/errors.js';
import type { FetchFailed, FetchResult } from '../../model/fetch.js';
import type { RemoteAnswer } from '../../model/round.js';
import type { Settings } from '../../model/settings.js';
import type { FetchState, Source, SourceFacts, SourceId } from '../../model/source.js';
import { feedIdOf, feedsOf } from '../../model/source-feeds.js';
import { duringOutage, isOutage, isUnreached } from '../../politeness/outage.js';
import { isFile } from '../../politeness/schedule.js';
import { createOthersNames } from '../facts/names-of-others.js';
import { residenceOf } from '../facts/site-ownership.js';
import { siteRulesOf } from '../facts/site-rules.js';
import { loadRules } from '../organize/apply-rules.js';
import { untoldNames } from '../organize/carry-names-over.js';
import type { ReadBefore } from '../organize/copies.js';
import { countIngested, type RunCounts } from '../report.js';
import type { RunDeps, RunOptions, SourceStates } from '../run-deps.js';
import type { RunObserver } from '../run-observer.js';
import { createCarriedArticles } from './carried-elsewhere.js';
import { dueSources } from './due-sources.js';
import type { DueSource } from './host-queue.js';
import { ingest } from './ingest.js';
import { NO_NEWS } from './ingest-result.js';
import { partsToForget, withListedSources } from './lists/listed-sources.js';
import { scheduleRemotely } from './remote-scheduler.js';
import { type HostTurns, type SchedulerDeps, scheduleRequests } from './request-scheduler.js';
import type { Gated } from './robots/robots-gate.js';
import { noteRunTime } from './run-clock.js';
import { StateBatch } from './state-batch.js';

/** What a run counts, and which hosts it has asked. */
interface Asking {
  readonly counts: RunCounts;
  readonly turns: HostTurns;
}

/** Fetches and ingests the due sources, unless `offline`. Returns what was considered, newly found parts included, and only the parts of their states that publishing needs, to save memory. */
export async function readSources(
  deps: RunDeps,
  feeds: readonly Source[],
  options: RunOptions,
  { counts, turns }: Asking,
  signal: AbortSignal,
): Promise<{ readonly states: SourceStates; readonly readBefore: ReadBefore; readonly asked: readonly Source[] }> {
  const states = new Map(await deps.store.fetchStates());
  const before = statesBefore(states, deps.remote);
  counts.warnings.push(...untoldNames(feeds, before, deps.settings));
  const readBefore = new Map(
    [...before].flatMap(([id, { lastSuccessAt }]) => (lastSuccessAt === null ? [] : [[id, lastSuccessAt]])),
  );
  if (options.offline) counts.notDue = feeds.length;
  const asked = options.offline
    ? feeds
    : await ingestDue(deps, feeds, options, { states, before }, { counts, turns }, signal);
  return { asked, states: new Map([...states].map(([id, state]) => [id, factsOf(state)])), readBefore };
}

/** The states before the run, also where a publisher that ended in the middle had begun it. */
function statesBefore(states: ReadonlyMap<SourceId, FetchState>, remote: RunDeps['remote']): Map<SourceId, FetchState> {
  const before = new Map(states);
  for (const { feed, before: state } of remote?.asked ?? []) {
    if (state === null) before.delete(feed);
    else if (state !== undefined) before.set(feed, state);
  }
  return before;
}

async function ingestDue(
  deps: RunDeps,
  feeds: readonly Source[],
  options: RunOptions,
  { states, before }: { readonly states: Map<SourceId, FetchState>; readonly before: Map<SourceId, FetchState> },
  { counts, turns }: Asking,
  signal: AbortSignal,
): Promise<readonly Source[]> {
  const { settings, store, reader, clock, observer } = deps;
  const { now } = options;
  const asked = [...feeds];
  const clockWarning = await noteRunTime(store, now);
  if (clockWarning !== null) observer.clockJumped?.(clockWarning);
  const { due, allWait } = await dueSources({ ...settings, sources: feeds }, states, store, options);
  counts.allWait = allWait;
  counts.notDue = feeds.length - due.length;
  const ids = due.map(({ source }) => feedIdOf(source));
  observer.start(ids.length, ids);
  const carried = createCarriedArticles(states);
  const unchangedStates = new StateBatch(store);
  // As it was before this run: who answers first makes no difference.
  const residence = residenceOf(settings.sources, before);
  const ingestDeps = {
    store,
    read: reader.read,
    rules: deps.rules,
    tagging: deps.tagging,
    editorRules: () => loadRules(siteRulesOf(settings)),
    unchangedStates,
    credits: settings.credits,
    carriersOf: carried.carriersOf,
    residence,
    limits: settings.fetch,
    othersNames: createOthersNames(settings.sources, before, residence),
    now,
  };
  const inTurn = createTurns();
  const take = (source: Source, answer: FetchResult) => inTurn(source, () => takeAnswer(source, answer));
  const takeAnswer = async (source: Source, answer: FetchResult) => {
    try {
      const result = await ingest(source, states.get(feedIdOf(source)) ?? null, answer, ingestDeps);
      states.set(feedIdOf(source), result.state);
      carried.update(result.state);
      if (result.host !== null) await store.saveHosts([result.host]);
      countIngested(counts, feedIdOf(source), result);
      observer.done(feedIdOf(source), result);
    } catch (error) {
      if (error instanceof NewsloomError) throw error;
      counts.bugs.push(new Error(`source ${feedIdOf(source)}: ${error}`, { cause: error }));
    }
  };
  const uncounted = { states, counts, observer, now };
  const gate = await askGate(due, deps, { counts, turns }, options, signal);
  let reached = deps.remote?.asked.filter((one) => one.reached).length ?? 0;
  const read = async (some: readonly DueSource[], refused: Gated<DueSource>['refused'] = []) => {
    const unreached: UnreachedSource[] = [];
    for (const { due: one, answer } of refused) {
      if (isUnreached(answer)) unreached.push({ source: one.source, failures: one.failures, answer });
      else await take(one.source, answer);
    }
    const requests = [some, settings.fetch, { fetcher: gate.fetcher, now, clock, turns }] as const;
    const takeAny = async ({ source, failures }: DueSource, answer: RemoteAnswer) => {
      if (answer.kind === 'rate-limited') {
        counts.notDue++;
        observer.done(feedIdOf(source), 'rate-limited');
      } else if (answer.kind === 'unanswered') {
        tellUncounted(source, UNANSWERED, uncounted);
      } else if (isUnreached(answer)) {
        unreached.push({ source, failures, answer });
      } else {
        if (!isFile(source)) reached++;
        await take(source, answer);
      }
    };
    if (deps.remote === undefined) await scheduleRequests(...requests, takeAny, signal);
    else await scheduleRemotely(...requests, takeAny, signal, deps.remote);
    // Whose fault these are is known only now.
    const failures = unreached.map((one) => one.failures);
    if (isOutage(reached, failures)) return tellOutage(unreached, uncounted);
    for (const { source, answer } of unreached) await take(source, answer);
  };
  const readAll = async () => {
    await read(gate.allowed, gate.refused);
    for (
      let found = partsFound(settings, states, asked);
      found.length > 0;
      found = partsFound(settings, states, asked)
    ) {
      asked.push(...found);
      const { due: more } = await dueSources({ ...settings, sources: found }, states, store, options);
      await read(more);
    }
  };
  await readAll().finally(() => Promise.all([unchangedStates.flush(), gate.remember()]));
  const left = partsToForget(states, asked, now);
  if (left.length > 0) await store.forgetSources(left);
  return asked;
}

/** Documents that indexes name which are not among the feeds. */
function partsFound(
  settings: Pick<Settings, 'sources' | 'topics' | 'lists'>,
  states: ReadonlyMap<SourceId, FetchState>,
  feeds: readonly Source[],
): readonly Source[] {
  const known = new Set(feeds.map(feedIdOf));
  const indexes = settings.sources.filter(({ quiet, reading }) => quiet !== true && reading !== undefined);
  const { sources } = withListedSources({ ...settings, sources: indexes }, states);
  return sources.flatMap(feedsOf).filter((feed) => !known.has(feedIdOf(feed)));
}

/** robots.txt is asked where a source needs it; else nothing of that is loaded. */
async function askGate(
  due: readonly DueSource[],
  { settings, store, fetcher, clock }: RunDeps,
  { turns }: Asking,
  { now }: RunOptions,
  signal: AbortSignal,
): Promise<RobotsGate> {
  if (!due.some(({ source }) => source.reading?.robots === true))
    return { allowed: due, refused: [], fetcher, remember: async () => {} };
  const [{ askRobots, loadRobots, saveRobots }, { followingRobots }] = await Promise.all([
    import('./robots/robots-gate.js'),
    import('./robots/robots-redirects.js'),
  ]);
  const asking = { fetcher, now, clock, turns };
  const known = await loadRobots(store);
  const gate = await askRobots(due, { ...asking, limits: settings.fetch, memory: known }, signal);
  const memory = new Map(gate.memory);
  const following = followingRobots({ ...asking, memory, spacingMs: settings.fetch.spacingMs });
  const remember = () => saveRobots(store, memory);
  await remember();
  return { ...gate, fetcher: following, remember };
}

interface RobotsGate extends Pick<Gated<DueSource>, 'allowed' | 'refused'> {
  /** Follows redirects as robots.txt allows. */
  readonly fetcher: SchedulerDeps['fetcher'];
  /** Saves what was learnt of sites since. */
  readonly remember: () => Promise<void>;
}

/** Feeds of one source are ingested one after the other: an article that is in two of them is known by then. */
function createTurns(): (source: Source, work: () => Promise<void>) => Promise<void> {
  const last = new Map<SourceId, Promise<void>>();
  return (source, work) => {
    if (source.moreFeeds === undefined && source.parts === undefined) return work();
    const turn = (last.get(source.id) ?? Promise.resolve()).then(work);
    last.set(
      source.id,
      turn.catch(() => {}),
    );
    return turn;
  };
}

/** A source for which nothing answered. */
interface UnreachedSource extends Pick<DueSource, 'source' | 'failures'> {
  readonly answer: FetchFailed;
}

interface UncountedDeps {
  readonly states: ReadonlyMap<SourceId, FetchState>;
  readonly counts: RunCounts;
  readonly observer: RunObserver;
  readonly now: Date;
}

const UNANSWERED = new FetchError('FETCH_UNANSWERED', 'no fetch worker answered before the round ended');

function tellOutage(unreached: readonly UnreachedSource[], deps: UncountedDeps): void {
  for (const { source, answer } of unreached) tellUncounted(source, answer.error, deps);
  const message = `the network seems to be down: none of ${unreached.length} sources could be reached; all are asked again at the next run`;
  deps.counts.warnings.push({ sourceId: 'fetch.network', message });
}

/** No state is saved: it is due again at the next run. */
function tellUncounted(source: Source, error: FetchError, { states, counts, observer, now }: UncountedDeps): void {
  const state = duringOutage(states.get(feedIdOf(source)) ?? null, source, { error }, now);
  const result = { kind: 'failed', state, host: null, counts: NO_NEWS, visibilityChanged: [], warnings: [] } as const;
  countIngested(counts, feedIdOf(source), result);
  observer.done(feedIdOf(source), result);
}

function factsOf(state: FetchState): SourceFacts {
  const { configuredUrl, adoptedUrl, profile, homeSince } = state;
  const { health, healthSince, newestArticleAt, error, images, reservation } = state;
  return {
    configuredUrl,
    adoptedUrl,
    profile,
    homeSince,
    health,
    healthSince,
    newestArticleAt,
    error,
    images,
    ...(reservation && { reservation }),
  };
}
