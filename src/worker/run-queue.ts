/** Serial queue of runs over an open store, each with a deadline. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openSite, type WorkerSite } from '../app/open-site.js';
import { type RunObserver, type RunSiteOptions, truncateToSeconds } from '../app/run-tools.js';
import { type NewsloomError, StoreError } from '../model/errors.js';
import type { BuildReport } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import { withDeadline } from './deadline.js';
import { type FollowedRun, followRun } from './follow-run.js';
import { pingMonitor } from './ping.js';
import type { Readiness } from './readiness.js';
import { RunLog } from './run-log.js';

/** Milliseconds for an aborted run to stop, and then for closing the store; at most ten seconds together. */
const GRACE = 8_000;
const CLOSING = 1_000;
/** Milliseconds between a standby's attempts to become the publisher, and how long an attempt keeps it ready. */
const ELECT_EVERY = 5_000;
const STANDBY_FRESH = 3 * ELECT_EVERY;
/** Share of a run's time for fetch workers. The rest is for publishing. */
const ROUND_SHARE = 0.8;
const LEASE = 90_000;
/** Milliseconds until a source may be polled again, above the minimum gap between two requests. */
const POLL_AGAIN = 11_000;
/** Minimum milliseconds from the end of a run to a run caused by a hub. */
const PUSHES_APART = 2_000;

export interface RunsOptions {
  readonly settings: () => Settings;
  readonly deadlineMs: number;
  readonly graceMs?: number;
  /** Milliseconds; default `PUSHES_APART`. */
  readonly pushesApartMs?: number;
  readonly now: () => Date;
  readonly resolve?: RunSiteOptions['resolve'];
  readonly open?: (...given: Parameters<typeof openSite>) => Promise<WorkerSite>;
  readonly logger: Logger;
  readonly observer: RunObserver;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly summarize: (report: BuildReport) => string;
  /** Milliseconds until the next run must have succeeded. */
  readonly freshFor: () => number;
  /** Whether processes share the store: one publishes, the others stand by. */
  readonly shared?: boolean;
  readonly onFatal: (error: NewsloomError) => void;
}

type Result = Awaited<ReturnType<WorkerSite['run']>>;

export class RunQueue {
  /** Whether an abandoned run may keep the process alive. */
  hasAbandonedRun = false;
  readonly #log: RunLog;
  readonly #stop = new AbortController();
  /** null: the store is not open, or another process publishes. */
  #site: WorkerSite | null = null;
  #running: Promise<void> | null = null;
  /** In `performance.now()` time. */
  #lastEnded = Number.NEGATIVE_INFINITY;
  #prunedOn = '';
  #isStandby = false;
  #elections: NodeJS.Timeout | null = null;
  #waitingForPush: Promise<void> | null = null;
  #secondPoll: NodeJS.Timeout | null = null;

  private constructor(private readonly options: RunsOptions) {
    this.#log = new RunLog(options.logger, options.metrics, options.summarize);
  }

  /** Opens the store, or stands by for a shared one. @throws StoreError STORE_LOCKED if the store is locked and not shared. */
  static async open(options: RunsOptions): Promise<RunQueue> {
    const runs = new RunQueue(options);
    if (options.shared !== true) {
      runs.#site = await runs.#open();
      options.metrics.publisher(true);
    } else {
      await runs.#elect();
      runs.#elections = setInterval(() => void runs.electIfNeeded(), ELECT_EVERY);
    }
    return runs;
  }

  get hubs(): WorkerSite['hubs'] | null {
    return this.#site?.hubs ?? null;
  }

  /** Starts a run or joins the current one. Resolves at its end and never rejects. */
  run(): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve();
    this.#running ??= this.#runAsPublisher().finally(() => {
      this.#running = null;
      this.#lastEnded = performance.now();
    });
    return this.#running;
  }

  /** Runs after the current run, which keeps the settings of its start. */
  async runNext(): Promise<void> {
    await this.#running;
    await this.run();
  }

  /** Tries to become the publisher if this process is a standby or lost its lock. */
  async electIfNeeded(): Promise<void> {
    if (this.#site === null || !this.#site.isInPlace()) await this.run();
  }

  /** Runs soon after a push, and again when the sources polled just before may be polled again. */
  async runAfterPush(): Promise<void> {
    this.#waitingForPush ??= this.#waitForPush().finally(() => {
      this.#waitingForPush = null;
    });
    await this.#waitingForPush;
    await this.run();
    if (this.#stop.signal.aborted) return;
    this.#secondPoll ??= setTimeout(() => {
      this.#secondPoll = null;
      void this.run();
    }, POLL_AGAIN);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    if (this.#secondPoll !== null) clearTimeout(this.#secondPoll);
    if (this.#elections !== null) clearInterval(this.#elections);
    await this.#running;
    await this.#site?.close();
    this.#site = null;
  }

  async #runAsPublisher(): Promise<void> {
    if (this.options.shared === true && !(await this.#isPublisher())) return;
    const pinged = { ...this.options, settings: this.options.settings(), signal: this.#stop.signal };
    const started = pingMonitor(pinged, 'start');
    const { outcome, isLateReading } = await this.#runOnce('all');
    // Publish what the late run had read.
    if (isLateReading) await this.#runOnce('offline');
    await started;
    await pingMonitor(pinged, outcome.isGood ? 'success' : 'fail', outcome.text);
  }

  async #runOnce(mode: 'all' | 'offline') {
    const { deadlineMs, graceMs = GRACE, metrics, readiness, shared, now } = this.options;
    const began = performance.now();
    const run = followRun(this.options.observer, metrics);
    const limits = { deadlineMs, graceMs, signal: this.#stop.signal };
    const ending = await withDeadline((signal) => this.#runSite(mode, run, signal), limits);
    const ms = Math.round(performance.now() - began);
    const outcome = this.#log.logRun({ ending, at: now(), ms, deadlineMs, progress: run.progress() });
    if (shared === true && ending.kind === 'failed' && ending.error instanceof StoreError) await this.#stepDown();
    readiness.setProblem(this.#site === null ? 'the store is not open' : null);
    if (outcome.isGood) readiness.recordSuccess(this.options.freshFor());
    if (ending.kind === 'hung') await this.#abandonRun();
    if (ending.kind === 'failed' && isFatal(ending.error)) this.options.onFatal(ending.error);
    return { outcome, isLateReading: ending.kind === 'late' && run.progress().stage === 'reading' };
  }

  async #runSite(mode: 'all' | 'offline', run: FollowedRun, signal: AbortSignal): Promise<Result> {
    const { resolve, metrics } = this.options;
    const settings = this.options.settings();
    const site = this.#site?.isInPlace() ? this.#site : await this.#reopen();
    const now = this.options.now();
    const result = await site.run(settings, {
      now,
      force: false,
      only: null,
      offline: mode === 'offline',
      dryRun: false,
      forcePublish: false,
      resolve,
      round: this.options.shared === true ? this.#round(settings) : undefined,
      signal,
      observer: run.observer,
    });
    metrics.sources(await site.health(settings));
    await this.#keepSubscriptions(site, now, signal);
    await this.#prune(site, now);
    return result;
  }

  async #reopen(): Promise<WorkerSite> {
    const site = this.#site;
    this.#site = null;
    if (site !== null)
      this.options.logger.warn('the store was deleted or replaced while it was open: opening the current one');
    await site?.close();
    this.#site = await this.#open();
    return this.#site;
  }

  async #open(): Promise<WorkerSite> {
    const { open = openSite, observer, settings, now } = this.options;
    const site = await open(settings(), { signal: this.#stop.signal, observer });
    if (settings().worker.publicUrl !== null) await site.hubs.resume(truncateToSeconds(now()));
    return site;
  }

  #round({ worker }: Settings): RunSiteOptions['round'] {
    const deadlineMs = this.options.deadlineMs * ROUND_SHARE;
    return { deadlineMs, leaseMs: worker.leaseMs ?? LEASE, observer: this.#log.observeRound() };
  }

  async #keepSubscriptions(site: WorkerSite, now: Date, signal: AbortSignal): Promise<void> {
    const { resolve, settings, logger } = this.options;
    const warnings = await site.keepSubscriptions(settings(), { now, signal, resolve });
    for (const warning of warnings) logger.warn({ at: 'worker.publicUrl' }, warning);
  }

  /** Prunes and checks the store's integrity once a day. */
  async #prune(site: WorkerSite, now: Date): Promise<void> {
    const today = now.toISOString().slice(0, 10);
    if (this.#prunedOn === today) return;
    const pruned = await site.prune(this.options.settings(), now);
    this.#prunedOn = today;
    if (pruned > 0) this.options.logger.info({ pruned }, 'pruned articles older than the retention');
  }

  /** Closes the store so that the abandoned run cannot write. The next run opens it again. */
  async #abandonRun(): Promise<void> {
    this.hasAbandonedRun = true;
    const site = this.#site;
    this.#site = null;
    const closed = site?.close().catch(() => undefined);
    await Promise.race([closed, sleep(CLOSING)]);
  }

  async #isPublisher(): Promise<boolean> {
    try {
      return await this.#elect();
    } catch (error) {
      this.options.readiness.setProblem('the store is not open');
      this.#log.logErrorOnce(error);
      if (isFatal(error)) this.options.onFatal(error);
      return false;
    }
  }

  /** Resolves with whether this process publishes. Rejects with a StoreError other than STORE_LOCKED. */
  async #elect(): Promise<boolean> {
    const { metrics, readiness, logger } = this.options;
    try {
      if (this.#site?.isInPlace() === false) await this.#stepDown();
      if (this.#site === null) {
        this.#site = await this.#open();
        this.#isStandby = false;
        readiness.reset();
        logger.info('this process publishes');
      }
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'STORE_LOCKED')) throw error;
      if (!this.#isStandby) this.options.logger.info('standing by: another process publishes');
      this.#isStandby = true;
      readiness.setProblem(null);
      readiness.recordSuccess(STANDBY_FRESH, 'cannot check whether another process publishes');
    }
    this.#log.forgetError();
    metrics.publisher(this.#site !== null);
    return this.#site !== null;
  }

  /** Closes a failed store: its lock ended with its connection, so another process may have it. */
  async #stepDown(): Promise<void> {
    const site = this.#site;
    this.#site = null;
    this.options.metrics.publisher(false);
    await site?.close().catch(() => undefined);
  }

  async #waitForPush(): Promise<void> {
    await this.#running;
    const { pushesApartMs = PUSHES_APART, now } = this.options;
    const left = Math.max(this.#lastEnded + pushesApartMs - performance.now(), millisecondsToNextSecond(now()));
    if (left > 0) await sleep(left, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

/** Runs have whole-second dates. A run in the second of the push would date its request before the push. */
function millisecondsToNextSecond(moment: Date): number {
  const past = moment.getTime() % 1_000;
  return past === 0 ? 0 : 1_005 - past; // timers may be a few milliseconds early
}

/** Errors that a retry cannot fix, such as a damaged store or an unknown version. */
function isFatal(error: unknown): error is StoreError {
  return error instanceof StoreError && !error.retry;
}
