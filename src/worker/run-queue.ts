/** Runs one after another over an open store, each with a deadline. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openSite, type WorkerSite } from '../app/open-site.js';
import { ownFolder, type SharedProblem } from '../app/rounds/shared-problems.js';
import type { RunObserver, RunSiteOptions } from '../app/run-tools.js';
import { ConfigError, type ConfigProblem, NewsloomError, StoreError } from '../model/errors.js';
import { isAboutSite } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import { type RunEnding, withDeadline } from './deadline.js';
import { type FollowedRun, followRun } from './follow-run.js';
import type { Readiness } from './readiness.js';

/** Milliseconds that an aborted run has to stop before it is abandoned; the rest of ten seconds is for closing. */
const GRACE = 8_000;
const CLOSING = 1_000;
/** Milliseconds between two tries of a standby to become the publisher, and for how long it counts as ready after one. */
const ELECT_EVERY = 5_000;
const STANDBY_FRESH = 3 * ELECT_EVERY;
/** Of the time that a run may take, the part in which fetch workers answer: the rest is for publishing. */
const ROUND_SHARE = 0.8;
const LEASE = 90_000;
/** Milliseconds without an answer of a fetch worker after which that is told. */
const PATIENCE = 60_000;
/** Milliseconds after which a source may be asked again: more than the gap that is kept between two requests. */
const ASKED_AGAIN = 11_000;
/** Milliseconds between the end of a run and the next one that a hub asks for: one that calls all the time gets no run after another. */
const PUSHES_APART = 2_000;

export interface RunsOptions {
  /** Milliseconds that a run may take. */
  readonly deadlineMs: number;
  readonly graceMs?: number;
  /** Milliseconds; `PUSHES_APART` where it is not given. */
  readonly pushesApartMs?: number;
  readonly now: () => Date;
  /** See `RunOptions`. */
  readonly isMachineTime: boolean;
  readonly resolve?: RunSiteOptions['resolve'];
  readonly open?: (...asked: Parameters<typeof openSite>) => Promise<WorkerSite>;
  readonly logger: Logger;
  readonly observer: RunObserver;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** Milliseconds within which the next run must have succeeded. */
  readonly freshFor: () => number;
  /** Several processes share the store: one of them publishes, the others stand by. */
  readonly shared?: boolean;
  /** Called with an error that later runs would meet again. */
  readonly onFatal: (error: NewsloomError) => void;
}

/**
 * Milliseconds, and a few more, since timers may be early. Runs are dated by whole seconds: one that began in the second of a push would
 * leave its source asked before the push, so that it is asked once more, and a push meanwhile has to wait.
 */
function toNextSecond(moment: Date): number {
  const past = moment.getTime() % 1_000;
  return past === 0 ? 0 : 1_005 - past;
}

type Result = Awaited<ReturnType<WorkerSite['run']>>;

export class RunQueue {
  #site: WorkerSite | null = null;
  #running: Promise<void> | null = null;
  #prunedOn = '';
  #again: NodeJS.Timeout | null = null;
  #resting: Promise<void> | null = null;
  /** By `performance.now()`. */
  #lastEnded = Number.NEGATIVE_INFINITY;
  #standsBy = false;
  /** What kept this process from an election. */
  #lastTold = '';
  #elections: NodeJS.Timeout | null = null;
  readonly #stop = new AbortController();
  /** Whether a run was abandoned, which may keep the process alive. */
  leftBehind = false;

  private constructor(
    private settings: Settings,
    private readonly options: RunsOptions,
  ) {}

  /** Opens the store. @throws StoreError STORE_LOCKED where another process has it; where they share it, this one stands by. */
  static async open(settings: Settings, options: RunsOptions): Promise<RunQueue> {
    const runs = new RunQueue(settings, options);
    if (options.shared !== true) {
      runs.#site = await runs.#open(settings);
      options.metrics.publisher(true);
    } else {
      await runs.#elect();
      runs.#elections = setInterval(() => void runs.electIfNeeded(), ELECT_EVERY);
    }
    return runs;
  }

  /** Starts a run, or joins the one in progress; resolves when it has ended. Never rejects. */
  turn(): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve();
    this.#running ??= this.#turn().finally(() => {
      this.#running = null;
      this.#lastEnded = performance.now();
    });
    return this.#running;
  }

  /** Stands for election where this process does not publish, or where the connection that held its lock is gone. */
  async electIfNeeded(): Promise<void> {
    if (this.#site === null || !this.#site.isInPlace()) await this.turn();
  }

  /**
   * Hubs told of changes: a run follows at once, or soon after the one in progress or just ended, and one once those may be asked again that
   * were just asked.
   */
  async pushed(): Promise<void> {
    this.#resting ??= this.#rest().finally(() => {
      this.#resting = null;
    });
    await this.#resting;
    await this.turn();
    if (this.#stop.signal.aborted) return;
    this.#again ??= setTimeout(() => {
      this.#again = null;
      void this.turn();
    }, ASKED_AGAIN);
  }

  async #rest(): Promise<void> {
    await this.#running;
    const { pushesApartMs = PUSHES_APART } = this.options;
    const left = Math.max(this.#lastEnded + pushesApartMs - performance.now(), toNextSecond(this.options.now()));
    if (left > 0) await sleep(left, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  /** What hubs call; null: the store is not open. */
  get hubs(): WorkerSite['hubs'] | null {
    return this.#site?.hubs ?? null;
  }

  /** Sets the settings of later runs. Rejects where their store cannot be opened; the old settings then stay. */
  async change(settings: Settings): Promise<void> {
    await this.#running;
    if (JSON.stringify(settings.store) !== JSON.stringify(this.settings.store)) await this.#moveTo(settings);
    this.settings = settings;
  }

  /** Where the store is shared and another process was quicker to open it, this one stands by: the old one is free for nobody. */
  async #moveTo(settings: Settings): Promise<void> {
    const site = await this.#open(settings).catch((error: unknown) => {
      if (this.options.shared !== true || !isLocked(error)) throw error;
      return null;
    });
    await this.#site?.close();
    this.#site = site;
    this.#standsBy = false;
  }

  /** Aborts the run in progress and closes the store. */
  async close(): Promise<void> {
    this.#stop.abort();
    if (this.#again !== null) clearTimeout(this.#again);
    if (this.#elections !== null) clearInterval(this.#elections);
    await this.#running;
    await this.#site?.close();
    this.#site = null;
  }

  #open(settings: Settings): Promise<WorkerSite> {
    const { open = openSite, observer } = this.options;
    return open(settings, { signal: this.#stop.signal, observer });
  }

  /** Resolves with whether this process publishes. Rejects with any other StoreError than STORE_LOCKED. */
  async #elect(): Promise<boolean> {
    const { metrics, readiness, logger } = this.options;
    try {
      if (this.#site?.isInPlace() === false) await this.#stepDown();
      if (this.#site === null) {
        this.#site = await this.#open(this.settings);
        this.#standsBy = false;
        readiness.elected();
        logger.info('this process publishes');
      }
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (!this.#standsBy) await this.#standBy();
      readiness.trouble(null);
      readiness.ran(STANDBY_FRESH, 'whether another process publishes is not known');
    }
    this.#lastTold = '';
    metrics.publisher(this.#site !== null);
    return this.#site !== null;
  }

  /** Throws ConfigError where what this process would publish were not what the publisher did. */
  async #standBy(): Promise<void> {
    const problems = (await ownFolder(this.settings)).map((one) => problemIn(this.settings, one));
    if (problems.length > 0) throw new ConfigError('CONFIG_INVALID', problems);
    this.options.logger.info('another process publishes: this one stands by');
    this.#standsBy = true;
  }

  async #mayPublish(): Promise<boolean> {
    try {
      return await this.#elect();
    } catch (error) {
      if (error instanceof ConfigError) this.options.onFatal(error);
      this.options.readiness.trouble('the store is not open');
      this.#tellOnce(error);
      if (isFatal(error)) this.options.onFatal(error);
      return false;
    }
  }

  /** A store that failed is not used any more: with its connection went the lock, and another process may have it. */
  async #stepDown(): Promise<void> {
    const site = this.#site;
    this.#site = null;
    this.options.metrics.publisher(false);
    await site?.close().catch(() => undefined);
  }

  async #turn(): Promise<void> {
    if (this.options.shared === true && !(await this.#mayPublish())) return;
    const ending = await this.#run('all');
    // What the run had read before its deadline is still published.
    if (ending === 'late while reading') await this.#run('offline');
  }

  async #run(mode: 'all' | 'offline'): Promise<'late while reading' | 'ended'> {
    const { deadlineMs, metrics, readiness } = this.options;
    const began = performance.now();
    const run = followRun(this.options.observer, metrics);
    const limits = { deadlineMs, graceMs: this.options.graceMs ?? GRACE, signal: this.#stop.signal };
    const ending = await withDeadline((signal) => this.#work(mode, run, signal), limits);
    const ms = Math.round(performance.now() - began);
    metrics.runEnded(endingLabel(ending), ms);
    this.#tell(ending, run, ms);
    if (this.options.shared === true && ending.kind === 'failed' && ending.error instanceof StoreError)
      await this.#stepDown();
    readiness.trouble(this.#site === null ? 'the store is not open' : null);
    if (ending.kind === 'done' && ending.result.kind === 'published') readiness.ran(this.options.freshFor());
    if (ending.kind === 'hung') await this.#leaveBehind();
    if (ending.kind === 'failed' && isFatal(ending.error)) this.options.onFatal(ending.error);
    return ending.kind === 'late' && run.where().stage === 'reading' ? 'late while reading' : 'ended';
  }

  async #work(mode: 'all' | 'offline', run: FollowedRun, signal: AbortSignal): Promise<Result> {
    if (this.#site?.isInPlace() === false) await this.#letGo(this.#site);
    this.#site ??= await this.#open(this.settings);
    const site = this.#site;
    const now = this.options.now();
    const result = await site.run(this.settings, {
      now,
      isMachineTime: this.options.isMachineTime,
      force: false,
      only: null,
      offline: mode === 'offline',
      dryRun: false,
      forcePublish: false,
      ...(this.options.resolve === undefined ? {} : { resolve: this.options.resolve }),
      ...(this.options.shared === true && { round: this.#round() }),
      signal,
      observer: run.observer,
    });
    this.options.metrics.sources(await site.health(this.settings));
    await this.#keepSubscriptions(site, now, signal);
    await this.#prune(site, now);
    return result;
  }

  /** What is no longer at its place is a store that nobody else sees: what lies there now is opened, or restored. */
  async #letGo(site: WorkerSite): Promise<void> {
    this.options.logger.warn('the store was deleted or replaced while it was open: what is there now is opened');
    this.#site = null;
    await site.close();
  }

  #round(): NonNullable<RunSiteOptions['round']> {
    const { logger, metrics, deadlineMs } = this.options;
    let heard = performance.now();
    return {
      deadlineMs: deadlineMs * ROUND_SHARE,
      leaseMs: this.settings.worker.leaseMs ?? LEASE,
      observer: {
        opened: ({ n, now }, asked, taken) => {
          metrics.round(performance.now());
          if (asked === 0) logger.info({ round: n, now }, 'a round begins');
          else logger.info({ round: n, now, asked, taken }, 'a round is gone on with');
        },
        looked: (waiting, found) => {
          metrics.inbox(found);
          const isSilent = found === 0 && performance.now() - heard > PATIENCE;
          if (isSilent) logger.warn({ waiting }, 'no fetch worker has answered for a minute: is one running?');
          if (isSilent || found > 0) heard = performance.now();
        },
        closed: () => metrics.round(null),
        trouble: (error) => logger.warn({ why: error.message }, 'the queue of bundles cannot be looked after for now'),
      },
    };
  }

  async #keepSubscriptions(site: WorkerSite, now: Date, signal: AbortSignal): Promise<void> {
    const { resolve } = this.options;
    const warnings = await site.keepSubscriptions(this.settings, { now, signal, ...(resolve && { resolve }) });
    for (const warning of warnings) this.options.logger.warn({ at: 'worker.publicUrl' }, warning);
  }

  /** Once a day; also checks the store's integrity. */
  async #prune(site: WorkerSite, now: Date): Promise<void> {
    const today = now.toISOString().slice(0, 10);
    if (this.#prunedOn === today) return;
    const pruned = await site.prune(this.settings, now);
    this.#prunedOn = today;
    if (pruned > 0) this.options.logger.info({ pruned }, 'older than the retention: pruned');
  }

  /** Closes the store, so that the abandoned run cannot write any more; the next run opens it again. */
  async #leaveBehind(): Promise<void> {
    this.leftBehind = true;
    const site = this.#site;
    this.#site = null;
    const closed = site?.close().catch(() => undefined);
    await Promise.race([closed, sleep(CLOSING)]);
  }

  /** A database that stays away is asked every few seconds: until something else is found, that is told once. */
  #tellOnce(error: unknown): void {
    const said = String(error);
    if (said !== this.#lastTold) this.#tellError(error);
    this.#lastTold = said;
  }

  #tellError(error: unknown, facts: object = {}): void {
    const { logger } = this.options;
    if (error instanceof NewsloomError) logger.error({ code: error.code, ...facts }, error.message);
    else logger.fatal({ err: error, ...facts }, 'a bug in newsloom: please report it with this stack');
  }

  #tell(ending: RunEnding<Result>, run: FollowedRun, ms: number): void {
    const { logger, metrics, deadlineMs } = this.options;
    if (ending.kind === 'done') {
      const { kind, report } = ending.result;
      const { failures: _, warnings, emptyTopics, ...others } = report;
      const facts = { ...others, emptyTopics: emptyTopics?.length };
      for (const { sourceId, message } of warnings.filter(isAboutSite)) logger.warn({ at: sourceId }, message);
      if (kind === 'no-source') logger.error(facts, 'no source could be read; the published edition stays unchanged');
      else logger.info(facts, report.changed ? 'published' : 'nothing new');
      if (kind === 'published') metrics.reported(report, this.options.now());
      return;
    }
    if (ending.kind === 'failed') {
      this.#tellError(ending.error, { ms });
      return;
    }
    const { stage, waiting } = run.where();
    const named = { stage, waiting: waiting.length, sources: waiting.slice(0, 10), ms, deadlineMs };
    if (ending.kind === 'stopped') logger.info(named, 'the run was stopped');
    else if (ending.kind === 'late') logger.error(named, 'the run took too long and was ended');
    else logger.error(named, 'the run hangs: it was left behind and its store closed');
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'STORE_LOCKED';
}

function endingLabel(ending: RunEnding<Result>): string {
  if (ending.kind === 'failed') return ending.error instanceof NewsloomError ? ending.error.code : 'bug';
  if (ending.kind !== 'done') return ending.kind;
  const { kind, report } = ending.result;
  if (kind === 'no-source') return 'no_source';
  return report.changed ? 'published' : 'unchanged';
}

function problemIn({ configPath: file }: Settings, { path, message }: SharedProblem): ConfigProblem {
  return { file, line: 0, column: 0, path, message };
}

/** Errors that a retry cannot fix, such as a damaged store or an unknown version. */
function isFatal(error: unknown): error is StoreError {
  return error instanceof StoreError && !error.retry;
}
