/** One run from top to bottom: fetches and ingests due sources, organizes and publishes the articles, and reports. */
import { NewsloomError, StoreError } from '../model/errors.js';
import type { BuildReport } from '../model/report.js';
import { feedsOf } from '../model/source-feeds.js';
import type { Store } from '../ports/store/store.js';
import type { Announcing } from './announce/announce.js';
import { tellHub } from './announce/hub.js';
import { createTagging } from './facts/tagging.js';
import { carryNamesOver } from './organize/carry-names-over.js';
import { organize } from './organize/organize.js';
import { withdrawRemoved } from './organize/removed-sources.js';
import { learnIcons } from './publish/pictures/learn-icons.js';
import { learnPictures, type PictureDeps } from './publish/pictures/learn-pictures.js';
import { publishEdition, type WrittenEdition } from './publish/publish-edition.js';
import { verifyFolder } from './publish/verify-folder.js';
import { hasUntold, noteUntold } from './read/backfill/untold.js';
import { isList, withListedSources, withLocked } from './read/lists/listed-sources.js';
import { readSources } from './read/read.js';
import { HostTurns } from './read/request-scheduler.js';
import { countIngested, countStored, emptyCounts, type Published, type RunCounts, reportOf } from './report.js';
import type { RunDeps, RunOptions, SourceStates } from './run-deps.js';

/** `kind: 'no-source'`: no source could be read, or none ever was, and nothing was published. */
export interface RunResult {
  readonly kind: 'published' | 'no-source';
  readonly report: BuildReport;
}

/**
 * Rejects with `StoreError` or `PublishError` where the run cannot go on (what was published stays), or with the signal's
 * reason: sources read by then are saved. An unexpected error in one source is thrown after the others are published.
 */
export async function run(given: RunDeps, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
  const { store, observer, clock } = given;
  const started = clock.elapsed();
  const counts = emptyCounts();
  await carryNamesOver(store, given.settings, given.tagging.fingerprint);
  if (options.silent !== true && !options.dryRun && (await hasUntold(store)))
    await publishUntold(given, options, signal);
  const turns = new HostTurns();
  const deps = await withLists(given, options, { counts, turns }, signal);
  const { settings } = deps;
  const feeds = settings.sources.filter(({ quiet }) => quiet !== true).flatMap(feedsOf);
  const { states, readBefore, asked } = await readSources(deps, feeds, options, { counts, turns }, signal);
  const report = (stories: BuildReport['stories'] | null, published: Published | null) =>
    reportOf(
      { startedAt: options.now, durationMs: clock.elapsed() - started, counts, stories, published },
      { sources: [...asked, ...(settings.lists ?? [])] },
      store,
    );

  counts.storedBefore = await countStored(store);
  await deps.reader.close(); // frees the memory of its threads
  const wanted = asked.length + (settings.lists ?? []).length;
  const noneEver = !options.offline && readBefore.size === 0 && isEmpty(counts);
  if (wanted > 0 && (counts.failures.length === wanted || noneEver)) {
    return { kind: 'no-source', report: await report(null, null) };
  }
  signal.throwIfAborted();
  try {
    observer.publishing?.();
    await takeDownRemoved(deps, options.now, counts);
    const { visibilityChanged } = counts;
    const mayRequest = !options.offline && !options.dryRun;
    const read = { states, readBefore, visibilityChanged, now: options.now, mayRequest };
    const { stories, dropped, held, warnings } = await organize({ ...deps, turns }, read, signal);
    counts.dropped = dropped;
    counts.held = held;
    counts.warnings.push(...warnings);
    counts.warnings.push(...deps.iconWarnings);
    const folder = await verifyFolder(store, deps.sink, { now: options.now, boot: clock.boot() });
    if (!options.offline && !options.dryRun)
      counts.warnings.push(...(await askForPictures({ ...deps, folder, turns }, states, options, signal)));
    const announcing = await prepareAnnouncing(deps, options, states, turns);
    const edition = await publishEdition(deps, options, { states, folder, announcing }, signal);
    const published = await tellOthers(deps, options, edition, announcing, signal);
    if (options.silent === true && !options.dryRun) await noteUntold(store, false);
    if (!options.dryRun) counts.warnings.push(...(await eraseForgotten(store)));
    const [bug] = counts.bugs;
    if (bug === undefined) return { kind: 'published', report: await report(stories, published) };
    observer.failed?.(await report(stories, published));
    throw bug;
  } catch (error) {
    if (error instanceof NewsloomError) observer.failed?.(await report(null, null));
    throw error;
  }
}

/** Whether nothing is known, and this run read no source either: those that failed before wait. */
function isEmpty({ fetched, notModified, storedBefore, bugs }: RunCounts): boolean {
  return fetched + notModified + storedBefore + bugs.length === 0;
}

/** Last of all, since the texts may stand in what is published from until then. That it failed stops nothing: the next run does it. */
async function eraseForgotten(store: Pick<Store, 'eraseForgotten'>): Promise<BuildReport['warnings']> {
  try {
    await store.eraseForgotten();
    return [];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const message = `traces of what was taken down may stand in the store's file until the next run: ${error.message}`;
    return [{ sourceId: 'store.path', message }];
  }
}

/** What a backfill brought in that ended before it was published: before anything else, since it is no news. */
async function publishUntold(given: RunDeps, options: RunOptions, signal: AbortSignal): Promise<void> {
  const { publishing: _, ...observer } = given.observer;
  const quiet = { ...given, observer: { ...observer, published: () => {} } };
  await run(quiet, { ...options, offline: true, silent: true }, signal);
}

/** With the sources that lists name, and their folders as topics. Lists come first: what they name is read in this run. */
async function withLists(
  deps: RunDeps,
  options: RunOptions,
  { counts, turns }: { readonly counts: RunCounts; readonly turns: HostTurns },
  signal: AbortSignal,
): Promise<RunDeps> {
  if (!options.offline && options.frozen !== true && deps.settings.sources.some(isList)) {
    const { readLists } = await import('./read/lists/read-lists.js');
    for (const { id, result } of await readLists({ ...deps, turns }, options, signal)) {
      countIngested(counts, id, result);
      deps.observer.done(id, result);
    }
  }
  const states = await deps.store.fetchStates();
  const settings = withListedSources(deps.settings, withLocked(states, deps, options.frozen === true));
  if (settings === deps.settings) return deps;
  return { ...deps, settings, tagging: settings.lists === undefined ? deps.tagging : createTagging(settings) };
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
  deps: RunDeps & Pick<PictureDeps, 'folder' | 'turns'>,
  states: SourceStates,
  options: RunOptions,
  signal: AbortSignal,
): Promise<BuildReport['warnings']> {
  if (deps.theme === null) return [];
  const asking = { ...deps, tools: deps.pictures };
  await learnPictures(asking, options.now, signal);
  return await learnIcons(asking, states, options, signal);
}

/** null: nothing is announced, and none of it is loaded. */
async function prepareAnnouncing(
  deps: RunDeps,
  { now, silent = false }: RunOptions,
  states: SourceStates,
  turns: HostTurns,
): Promise<Announcing | null> {
  const { settings, store } = deps;
  const poster = settings.announce.length === 0 ? null : deps.poster;
  const ended = poster === null ? await store.outboxBegins() : [];
  if (poster === null && ended.length === 0) return null;
  const { createAnnouncing, endAnnouncing } = await import('./announce/announce.js');
  if (poster === null) return endAnnouncing(ended, now);
  return await createAnnouncing({ ...deps, poster, states, turns, now, silent });
}

/** The edition is live: its hub and the targets of announcements hear of it. */
async function tellOthers(
  deps: RunDeps,
  { dryRun }: RunOptions,
  edition: WrittenEdition,
  announcing: Announcing | null,
  signal: AbortSignal,
): Promise<Published> {
  if (dryRun) return { ...edition, warnings: [], announcements: (await announcing?.preview()) ?? null };
  // At once: a hub that hangs keeps no message back. Both are waited for, since both may be at work in the store.
  const [hub, sent] = await Promise.allSettled([
    notifyHub(deps, edition.changedFeeds, signal),
    announcing === null ? null : announcing.send(signal),
  ]);
  if (hub.status === 'rejected') throw hub.reason;
  if (sent.status === 'rejected') throw sent.reason;
  if (sent.value === null) return { ...edition, warnings: hub.value };
  const { announcementWarnings } = await import('./announce/announce.js');
  return { ...edition, announcements: sent.value, warnings: [...hub.value, ...announcementWarnings(sent.value)] };
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
