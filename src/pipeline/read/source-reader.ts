/** Reads the due sources of a run: sends requests and saves each response as it arrives. */
import { FetchError, NewsloomError } from '../../model/errors.js';
import type { FetchFailed, FetchResult } from '../../model/fetch.js';
import type { RemoteAnswer } from '../../model/round.js';
import type { FetchState, Source, SourceId } from '../../model/source.js';
import { listFeeds, toFeedKey } from '../../model/source-feeds.js';
import { minutesBetween } from '../../politeness/minutes.js';
import {
  createOutageState,
  forgiveFailure,
  hasResponse,
  isOutage,
  isRecentFailure,
  isUnanswered,
} from '../../politeness/outage.js';
import { isFile } from '../../politeness/schedule.js';
import { createOthersNames } from '../facts/names-of-others.js';
import { createSiteOwnership } from '../facts/site-ownership.js';
import { loadRules, toSiteRules } from '../facts/site-rules.js';
import type { CurrentRun, RunContext } from '../run-context.js';
import { countIngested } from '../run-counts.js';
import { type CarriedArticles, createCarriedArticles } from './carried-elsewhere.js';
import { selectDueSources } from './due-sources.js';
import type { DueSource } from './host-queue.js';
import { ingest } from './ingest.js';
import { type IngestDeps, NO_NEWS } from './ingest-result.js';
import { expandListedSources, findExpiredParts } from './lists/listed-sources.js';
import { OUTAGE, readOutage } from './outage-note.js';
import type { RemoteSchedulerDeps } from './remote-scheduler.js';
import { scheduleRequests } from './request-scheduler.js';
import { openRobotsGate, type RobotsGate } from './robots/open-robots-gate.js';
import { noteRunTime } from './run-clock.js';
import { StateBatch } from './state-batch.js';

interface UnansweredSource extends Pick<DueSource, 'source' | 'failures'> {
  readonly answer: FetchFailed;
}

const UNANSWERED = new FetchError('FETCH_UNANSWERED', 'no fetch worker responded before the round ended');
const NEVER = new Date(0);

export class SourceReader {
  readonly #carried: CarriedArticles;
  readonly #unchanged: StateBatch;
  readonly #queues = new Map<SourceId, Promise<void>>();
  readonly #unanswered: UnansweredSource[] = [];
  /** URLs of sources that responded. */
  readonly #answered: string[];
  /** Since when most sources are unanswered; null: no outage. */
  #outage: Date | null = null;
  #ingestDeps!: IngestDeps;
  #gate!: RobotsGate;

  /** `states` receives the new state of each source; `before`: states before this run. */
  constructor(
    private readonly context: RunContext,
    private readonly current: CurrentRun,
    private readonly states: Map<SourceId, FetchState>,
    private readonly before: ReadonlyMap<SourceId, FetchState>,
  ) {
    const { remote } = context.reading;
    this.#carried = createCarriedArticles(states);
    this.#unchanged = new StateBatch(context.store);
    const answered = (remote?.feeds ?? []).filter((one) => one.reached);
    this.#answered = answered.map(({ feed }) => states.get(feed)?.configuredUrl ?? '');
  }

  /** Resolves with the feeds considered, including newly found parts. */
  async readDue(feeds: readonly Source[]): Promise<readonly Source[]> {
    const { settings, store, observer } = this.context;
    const { options, counts } = this.current;
    const clockWarning = await noteRunTime(store, options.now);
    if (clockWarning !== null) observer.clockJumped?.(clockWarning);
    const { due, allWait } = await selectDueSources({ ...settings, sources: feeds }, this.states, store, options);
    counts.allWait = allWait;
    counts.notDue = feeds.length - due.length;
    observer.start(
      due.length,
      due.map(({ source }) => toFeedKey(source)),
    );
    this.#ingestDeps = this.#prepareIngest();
    this.#outage = await readOutage(store);
    this.#gate = await openRobotsGate(due, this.context, this.current);
    const considered = [...feeds];
    try {
      for (const { due: one, answer } of this.#gate.refused) await this.#take(one, answer);
      await this.#request(this.#gate.allowed);
      await this.#settleUnanswered();
      let parts = this.#findParts(considered);
      while (parts.length > 0) {
        considered.push(...parts);
        const found = await selectDueSources({ ...settings, sources: parts }, this.states, store, options);
        await this.#request(found.due);
        await this.#settleUnanswered();
        parts = this.#findParts(considered);
      }
    } finally {
      await Promise.all([this.#unchanged.flush(), this.#gate.remember()]);
    }
    const left = findExpiredParts(this.states, considered, options.now);
    if (left.length > 0) await store.forgetSources(left);
    return considered;
  }

  /** Compares sources as they were before this run, so that the order of responses has no effect. */
  #prepareIngest(): IngestDeps {
    const { settings, store, tagging, reading, clock } = this.context;
    const ownership = createSiteOwnership(settings.sources, this.before);
    return {
      store,
      reading: { read: reading.reader.read, readerVersion: reading.readerVersion, credits: settings.credits },
      ownership,
      othersNames: createOthersNames(settings, this.before, ownership),
      carriersOf: this.#carried.findCarriers,
      tagging,
      editorRules: () => loadRules(toSiteRules(settings), clock.elapsed),
      unchangedStates: this.#unchanged,
      limits: settings.fetch,
      now: this.current.options.now,
    };
  }

  #findParts(feeds: readonly Source[]): readonly Source[] {
    const { settings } = this.context;
    const known = new Set(feeds.map(toFeedKey));
    const indexes = settings.sources.filter(({ delisted, reading }) => delisted !== true && reading !== undefined);
    const { sources } = expandListedSources({ ...settings, sources: indexes }, this.states);
    return sources.flatMap(listFeeds).filter((feed) => !known.has(toFeedKey(feed)));
  }

  /** Here, or by fetch workers. */
  async #request(due: readonly DueSource[]): Promise<void> {
    const { remote } = this.context.reading;
    const { options, pacing, signal } = this.current;
    const { clock, settings } = this.context;
    const deps = { fetcher: this.#gate.fetcher, limits: settings.fetch, now: options.now, clock, pacing, signal };
    const take = (one: DueSource, answer: RemoteAnswer) => this.#take(one, answer);
    if (remote === undefined) return await scheduleRequests(due, deps, take);
    const { scheduleRemotely } = await import('./remote-scheduler.js');
    return await scheduleRemotely(due, { ...deps, remote } satisfies RemoteSchedulerDeps, take);
  }

  /** Saves unanswered sources last: if most failed together, the network is down. */
  async #settleUnanswered(): Promise<void> {
    const unanswered = this.#unanswered.splice(0);
    const recent = this.#listRecentFailures(unanswered);
    if (recent === null) {
      for (const { source, answer } of unanswered) await this.#ingest(source, answer);
      return await this.#endOutage();
    }
    const { store } = this.context;
    const { now } = this.current.options;
    if (this.#outage === null) await store.saveMeta(OUTAGE, now.toISOString());
    this.#outage ??= now;
    await store.saveFetches(recent.map(forgiveFailure));
    for (const { source, answer } of unanswered) this.#reportUncounted(source, answer.error, true);
    const codes = [...new Set(unanswered.map(({ answer }) => answer.error.code))].sort().join(', ');
    const reached = this.#answered.length === 0 ? `none of ${unanswered.length}` : `only ${this.#answered.length}`;
    const message = `the network seems to be down (${codes}): ${reached} sources could be reached; the next run requests the others again`;
    this.current.counts.warnings.push({ sourceId: 'fetch.network', message });
  }

  /** Earlier first failures of the outage that began with them; null: no outage. */
  #listRecentFailures(unanswered: readonly UnansweredSource[]): readonly FetchState[] | null {
    if (unanswered.length === 0) return null;
    const since = this.#outage;
    const failed = new Set(unanswered.map(({ source }) => toFeedKey(source)));
    const states = [...this.states.values()];
    const lastAnswer = states.reduce((last, { lastSuccessAt: at }) => (at !== null && at > last ? at : last), NEVER);
    const recent = states.filter((one) => !failed.has(one.sourceId) && isRecentFailure(one, lastAnswer));
    const together = [
      ...unanswered.map(({ source: { url }, failures }) => ({ url, failures })),
      ...recent.map(({ configuredUrl: url }) => ({ url, failures: 0 })),
    ];
    // Also those since the outage began: a run in which few others are due must not extend it.
    const later = states.flatMap(({ sourceId, lastSuccessAt: at, configuredUrl: url }) =>
      since === null || at === null || at < since || failed.has(sourceId) ? [] : [url],
    );
    const minutes = since === null ? 0 : minutesBetween(since, this.current.options.now);
    return isOutage(together, [...new Set([...this.#answered, ...later])], minutes) ? recent : null;
  }

  async #endOutage(): Promise<void> {
    if (this.#outage === null || this.#answered.length === 0) return;
    this.#outage = null;
    await this.context.store.saveMeta(OUTAGE, null);
  }

  #take({ source, failures }: DueSource, answer: RemoteAnswer): Promise<void> {
    if (answer.kind === 'rate-limited') {
      this.current.counts.notDue++;
      this.context.observer.done(toFeedKey(source), 'rate-limited');
    } else if (answer.kind === 'unanswered') {
      this.#reportUncounted(source, UNANSWERED);
    } else if (isUnanswered(answer)) {
      this.#unanswered.push({ source, failures, answer });
    } else {
      if (!isFile(source) && hasResponse(answer)) this.#answered.push(source.url);
      return this.#ingestInOrder(source, answer);
    }
    return Promise.resolve();
  }

  /** Ingests feeds of one source in sequence, so that an article in two feeds is recognized. */
  #ingestInOrder(source: Source, answer: FetchResult): Promise<void> {
    if (source.moreFeeds === undefined && source.parts === undefined) return this.#ingest(source, answer);
    const last = this.#queues.get(source.id) ?? Promise.resolve();
    const next = last.then(() => this.#ingest(source, answer));
    this.#queues.set(
      source.id,
      next.catch(() => {}),
    );
    return next;
  }

  /** An unexpected error in one source does not block the others. */
  async #ingest(source: Source, answer: FetchResult): Promise<void> {
    const { store, observer } = this.context;
    const { counts } = this.current;
    const id = toFeedKey(source);
    try {
      const result = await ingest(source, this.states.get(id) ?? null, answer, this.#ingestDeps);
      this.states.set(id, result.state);
      this.#carried.update(result.state);
      if (result.host !== null) await store.saveHosts([result.host]);
      countIngested(counts, id, result);
      observer.done(id, result);
    } catch (error) {
      if (error instanceof NewsloomError) throw error;
      counts.bugs.push(new Error(`source ${id}: ${error}`, { cause: error }));
    }
  }

  /** Saves no state, so that the source stays due. */
  #reportUncounted(source: Source, error: FetchError, inOutage = false): void {
    const id = toFeedKey(source);
    const state = createOutageState(this.states.get(id) ?? null, source, { error }, this.current.options.now);
    const result = { kind: 'failed', state, host: null, counts: NO_NEWS, visibilityChanged: [], warnings: [] } as const;
    countIngested(this.current.counts, id, result);
    this.context.observer.done(id, { ...result, inOutage });
  }
}
