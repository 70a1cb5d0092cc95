/** One run from top to bottom: fetches and ingests due sources, organizes and publishes the articles, and reports. */
import { type Profiles, profilesOf } from '../compose/channel-metadata.js';
import { topicLabel } from '../compose/label.js';
import type { EditionSettings } from '../compose/settings.js';
import type { OutputFile } from '../model/edition.js';
import { NewsloomError } from '../model/errors.js';
import type { FetchFailed, FetchResult } from '../model/fetch.js';
import type { Theme } from '../model/page.js';
import type { BuildReport } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import type { FetchState, Source, SourceFacts, SourceId } from '../model/source.js';
import { feedIdOf, feedsOf } from '../model/source-feeds.js';
import { duringOutage, isOutage, isUnreached } from '../politeness/outage.js';
import { isFile } from '../politeness/schedule.js';
import type { Clock } from '../ports/clock.js';
import type { Fetcher, Hub, Poster } from '../ports/fetcher.js';
import type { PictureTools } from '../ports/picture-tools.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import type { Writer } from '../write/writer.js';
import type { Announcing } from './announce/announcing.js';
import { publishedDigests } from './digests/digests.js';
import { createCarriedArticles } from './ingest/carried-elsewhere.js';
import { type DueOptions, dueSources } from './ingest/due-sources.js';
import type { DueSource } from './ingest/host-queue.js';
import { ingest } from './ingest/ingest.js';
import { NO_NEWS } from './ingest/ingested.js';
import { createOthersNames } from './ingest/names-of-others.js';
import { HostTurns, scheduleRequests } from './ingest/request-scheduler.js';
import { readRunClock } from './ingest/run-clock.js';
import { StateBatch } from './ingest/state-batch.js';
import { leadRules, pinnedArticles } from './organize/apply-desk.js';
import { loadRules } from './organize/apply-rules.js';
import type { ReadBefore } from './organize/copies.js';
import { organize } from './organize/organize.js';
import { withdrawRemoved } from './organize/removed-sources.js';
import { siteRulesOf } from './organize/site-rules.js';
import type { Tagging } from './organize/tagging.js';
import { channelIconFiles } from './pictures/channel-icon-files.js';
import { iconFiles } from './pictures/icon-files.js';
import { learnIcons } from './pictures/learn-icons.js';
import { learnPictures } from './pictures/learn-pictures.js';
import { pictureFiles } from './pictures/picture-files.js';
import type { PublishResult } from './publish/commit-edition.js';
import { newestMultiSourceStories } from './publish/multi-source-stories.js';
import { publish } from './publish/publish.js';
import type { PartFile } from './publish/publish-deps.js';
import { tellHub } from './publish/websub.js';
import type { Reader } from './reader/reader.js';
import { carryNamesOver } from './renamed.js';
import { countIngested, countStored, emptyCounts, type Published, type RunCounts, reportOf } from './report.js';
import { residenceOf } from './residence-of.js';
import type { RunObserver } from './run-observer.js';
import { failureFeed } from './site/failure-feed.js';
import { postImages } from './site/post-images.js';
import { siteFiles } from './site/site.js';

export interface RunOptions extends DueOptions {
  /** The time that the run takes as now. */
  readonly now: Date;
  /** No requests; publishes what the store holds. */
  readonly offline: boolean;
  /** Everything except the commit of the edition. */
  readonly dryRun: boolean;
  /** Publishes even where the safety checks fail. */
  readonly forcePublish: boolean;
}

export interface RunDeps {
  readonly settings: Pick<
    Settings,
    | 'site'
    | 'sources'
    | 'topics'
    | 'channels'
    | 'languages'
    | 'digests'
    | 'rules'
    | 'desk'
    | 'publish'
    | 'images'
    | 'fetch'
    | 'stories'
    | 'duplicates'
    | 'credits'
    | 'announce'
    | 'worker'
  > &
    Pick<EditionSettings, 'channelImages'>;
  readonly store: Store;
  readonly fetcher: Fetcher;
  readonly reader: Reader;
  /** Files that picture the section and its topics. */
  readonly channelIcons: readonly PartFile[];
  /** Loads what reads pictures. */
  readonly pictures: () => Promise<PictureTools>;
  /** Fingerprint of the reading rules: see `ChangedItemsDeps`. */
  readonly rules: string;
  readonly tagging: Tagging;
  readonly sink: Sink;
  readonly writers: readonly Writer[];
  /** null: the site publishes no pages. */
  readonly theme: Theme | null;
  /** null: no hub is notified. */
  readonly hub: Hub | null;
  /** null: nothing is announced. */
  readonly poster: Poster | null;
  readonly clock: Clock;
  readonly observer: RunObserver;
}

/** `kind: 'no-source'`: no source could be read, and nothing was published. */
export interface RunResult {
  readonly kind: 'published' | 'no-source';
  readonly report: BuildReport;
}

type States = ReadonlyMap<SourceId, SourceFacts>;

/**
 * Rejects with `StoreError` or `PublishError` where the run cannot go on (what was published stays), or with the signal's
 * reason: sources read by then are saved. An unexpected error in one source is thrown after the others are published.
 */
export async function run(deps: RunDeps, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
  const { settings, store, observer, clock } = deps;
  const started = clock.elapsed();
  const counts = emptyCounts();
  const feeds = settings.sources.flatMap(feedsOf);
  const report = (stories: BuildReport['stories'] | null, published: Published | null) =>
    reportOf(
      { startedAt: options.now, durationMs: clock.elapsed() - started, counts, stories, published },
      { sources: feeds },
      store,
    );

  await carryNamesOver(store, settings, deps.tagging.fingerprint);
  const turns = new HostTurns();
  const { states, readBefore } = await readSources(deps, feeds, options, { counts, turns }, signal);
  counts.storedBefore = await countStored(store);
  await deps.reader.close(); // frees the memory of its threads
  if (feeds.length > 0 && counts.failures.length === feeds.length) {
    return { kind: 'no-source', report: await report(null, null) };
  }
  signal.throwIfAborted();
  try {
    observer.publishing?.();
    await takeDownRemoved(deps, options.now, counts);
    const { stories, dropped, warnings } = await organize(deps, states, { ...counts, readBefore, now: options.now });
    counts.dropped = dropped;
    counts.warnings.push(...warnings.map((message) => ({ sourceId: 'desk', message })));
    if (!options.offline && !options.dryRun) await askForPictures(deps, states, turns, options.now, signal);
    const announcing = await prepareAnnouncing(deps, options, states);
    const edition = await publishEdition(deps, options, states, announcing, signal);
    const published = await tellOthers(deps, options, edition, announcing, signal);
    const [bug] = counts.bugs;
    if (bug === undefined) return { kind: 'published', report: await report(stories, published) };
    observer.failed?.(await report(stories, published));
    throw bug;
  } catch (error) {
    if (error instanceof NewsloomError) observer.failed?.(await report(null, null));
    throw error;
  }
}

async function takeDownRemoved(
  { settings, store, tagging }: RunDeps,
  now: Date,
  { visibilityChanged, articles }: RunCounts,
): Promise<void> {
  const configured = new Set(settings.sources.map(({ id }) => id));
  const refs = await withdrawRemoved(store, configured, tagging.fingerprint, now);
  visibilityChanged.push(...refs);
  articles.withdrawn += refs.length;
}

/** Pages show pictures and icons; without pages, nobody is asked for any. */
async function askForPictures(
  deps: RunDeps,
  states: States,
  turns: HostTurns,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  if (deps.theme === null) return;
  const asking = { ...deps, tools: deps.pictures, turns };
  await learnPictures(asking, now, signal);
  await learnIcons(asking, states, now, signal);
}

/** What a run counts, and which hosts it has asked. */
interface Asking {
  readonly counts: RunCounts;
  readonly turns: HostTurns;
}

/** Fetches and ingests the due sources, unless `offline`. Returns only the parts of their states that publishing needs, to save memory. */
async function readSources(
  deps: RunDeps,
  feeds: readonly Source[],
  options: RunOptions,
  { counts, turns }: Asking,
  signal: AbortSignal,
): Promise<{ readonly states: States; readonly readBefore: ReadBefore }> {
  const states = new Map(await deps.store.fetchStates());
  const readBefore = new Map(
    [...states].flatMap(([id, { lastSuccessAt }]) => (lastSuccessAt === null ? [] : [[id, lastSuccessAt]])),
  );
  if (options.offline) counts.notDue = feeds.length;
  else await ingestDue(deps, feeds, options, states, { counts, turns }, signal);
  return { states: new Map([...states].map(([id, state]) => [id, factsOf(state)])), readBefore };
}

async function ingestDue(
  deps: RunDeps,
  feeds: readonly Source[],
  options: RunOptions,
  states: Map<SourceId, FetchState>,
  { counts, turns }: Asking,
  signal: AbortSignal,
): Promise<void> {
  const { settings, store, reader, fetcher, clock, observer } = deps;
  const { now } = options;
  const runClock = await readRunClock(store, now);
  if (runClock.warning !== null) observer.clockJumped?.(runClock.warning);
  const { due, allWait } = await dueSources({ ...settings, sources: feeds }, states, store, options);
  counts.allWait = allWait;
  counts.notDue = feeds.length - due.length;
  const ids = due.map(({ source }) => feedIdOf(source));
  observer.start(ids.length, ids);
  const carried = createCarriedArticles(states);
  const unchangedStates = new StateBatch(store);
  // As it was before this run: who answers first makes no difference.
  const residence = residenceOf(settings.sources, states);
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
    othersNames: createOthersNames(settings.sources, new Map(states), residence),
    now,
    timeOf: runClock.timeOf,
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
  let reached = 0;
  const unreached: UnreachedSource[] = [];
  const read = async () => {
    await scheduleRequests(
      due,
      settings.fetch,
      { fetcher, now, clock, turns },
      async ({ source, failures }, answer) => {
        if (answer.kind === 'rate-limited') {
          counts.notDue++;
          observer.done(feedIdOf(source), 'rate-limited');
        } else if (isUnreached(answer)) {
          unreached.push({ source, failures, answer });
        } else {
          if (!isFile(source)) reached++;
          await take(source, answer);
        }
      },
      signal,
    );
    // Whose fault these are is known only now.
    const failures = unreached.map((one) => one.failures);
    if (isOutage(reached, failures)) return tellOutage(unreached, states, counts, deps.observer, now);
    for (const { source, answer } of unreached) await take(source, answer);
  };
  await read().finally(() => unchangedStates.flush());
  await runClock.save();
}

/** Feeds of one source are ingested one after the other: an article that is in two of them is known by then. */
function createTurns(): (source: Source, work: () => Promise<void>) => Promise<void> {
  const last = new Map<SourceId, Promise<void>>();
  return (source, work) => {
    if (source.moreFeeds === undefined) return work();
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

/** No state is saved: all are due again at the next run. */
function tellOutage(
  unreached: readonly UnreachedSource[],
  states: ReadonlyMap<SourceId, FetchState>,
  counts: RunCounts,
  observer: RunObserver,
  now: Date,
): void {
  for (const { source, answer } of unreached) {
    const state = duringOutage(states.get(feedIdOf(source)) ?? null, source, answer, now);
    const result = {
      kind: 'failed',
      state,
      host: null,
      counts: NO_NEWS,
      visibilityChanged: [],
      warnings: [],
    } as const;
    countIngested(counts, feedIdOf(source), result);
    observer.done(feedIdOf(source), result);
  }
  const message = `the network seems to be down: none of ${unreached.length} sources could be reached; all are asked again at the next run`;
  counts.warnings.push({ sourceId: 'fetch.network', message });
}

function factsOf(state: FetchState): SourceFacts {
  const { configuredUrl, adoptedUrl, profile, homeSince } = state;
  const { health, healthSince, newestArticleAt, error, images } = state;
  return { configuredUrl, adoptedUrl, profile, homeSince, health, healthSince, newestArticleAt, error, images };
}

/** The store → the published folder. */
async function publishEdition(
  { settings, store, fetcher, sink, writers, theme, channelIcons, observer, clock }: RunDeps,
  { now, dryRun, forcePublish }: RunOptions,
  states: States,
  announcing: Announcing | null,
  signal: AbortSignal,
): Promise<PublishResult> {
  const began = clock.elapsed();
  let outcome: 'changed' | 'unchanged' | 'failed' = 'failed';
  try {
    const profiles = profilesOf(states);
    const pins = await pinnedArticles(store);
    const leads = await leadRules(settings.stories, store);
    const digests = await publishedDigests({ store, settings, writers, theme, leads });
    const channels = new Map((await store.channels()).map((each) => [each.channel, each]));
    const { duplicates } = settings;
    const { parts, pages, health } = await siteFiles({
      store,
      settings,
      duplicates,
      writers,
      profiles,
      channels,
      states,
      leads,
      pins,
      theme,
      now,
    });
    const failures = settings.publish.failures ? [await failureFile(store, settings, { profiles, states, now })] : [];
    const result = await publish(
      {
        store,
        sink,
        writers,
        settings,
        profiles,
        channels,
        stories: (limit) => newestMultiSourceStories(store, leads, limit),
        parts: [
          ...parts,
          ...postImages(settings.sources, states, fetcher),
          ...digests.parts,
          ...(channelIcons.length === 0 ? [] : [channelIconFiles(channelIcons)]),
          ...(theme === null ? [] : [pictureFiles({ settings, store, sink }), await iconFiles(settings, store)]),
        ],
        pages,
        digests: digests.digests,
        health: [...health, ...failures],
        news: announcing?.news ?? null,
        now,
        boot: clock.boot(),
        mode: dryRun ? 'dry-run' : 'publish',
        gate: forcePublish ? 'force' : 'check',
      },
      signal,
    );
    if (!dryRun) await store.dropKeptCopies();
    outcome = result.changed ? 'changed' : 'unchanged';
    observer.published(changedTopics(result.written, settings));
    return result;
  } finally {
    observer.meter?.published(clock.elapsed() - began, outcome);
  }
}

async function failureFile(
  store: Store,
  settings: RunDeps['settings'],
  { profiles, states, now }: { readonly profiles: Profiles; readonly states: States; readonly now: Date },
): Promise<OutputFile> {
  const { announce } = settings;
  const troubles =
    announce.length === 0 ? [] : await (await import('./announce/troubles.js')).targetTroubles(store, announce, now);
  return await failureFeed({ settings, profiles, states }, troubles);
}

/** null: nothing is announced, and none of it is loaded. */
async function prepareAnnouncing(deps: RunDeps, { now }: RunOptions, states: States): Promise<Announcing | null> {
  const { settings, poster } = deps;
  if (settings.announce.length === 0 || poster === null) return null;
  const { createAnnouncing } = await import('./announce/announcing.js');
  return await createAnnouncing({ ...deps, poster, states, now });
}

/** The edition is live: its hub and the targets of announcements hear of it. */
async function tellOthers(
  deps: RunDeps,
  { dryRun }: RunOptions,
  edition: PublishResult,
  announcing: Announcing | null,
  signal: AbortSignal,
): Promise<Published> {
  if (dryRun) return { ...edition, warnings: [], announcements: (await announcing?.preview()) ?? null };
  const hub = await notifyHub(deps, edition.changedFeeds, signal);
  if (announcing === null) return { ...edition, warnings: hub };
  const { announcementWarnings } = await import('./announce/announcing.js');
  const announcements = await announcing.send(signal);
  return { ...edition, announcements, warnings: [...hub, ...announcementWarnings(announcements)] };
}

/** Notifies the WebSub hub; the files must be live by now. */
async function notifyHub(
  { hub, settings }: RunDeps,
  feedUrls: readonly string[],
  signal: AbortSignal,
): Promise<BuildReport['warnings']> {
  const { hub: hubUrl } = settings.publish;
  if (hub === null || hubUrl === null) return [];
  const messages = await tellHub(hub, hubUrl, feedUrls, signal);
  return messages.map((message) => ({ sourceId: 'publish.hub', message }));
}

/** Labels of the topics whose feeds were written, in the order of the config. */
function changedTopics(written: readonly string[], { topics, site }: RunDeps['settings']): string[] {
  const ids = new Set(written.flatMap((path) => /^topics\/([^./]+)\.(?:rss|atom|json)$/.exec(path)?.[1] ?? []));
  return topics.filter(({ id }) => ids.has(id)).map((topic) => topicLabel(topic, site.language));
}
