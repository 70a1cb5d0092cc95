/** Runs one after another over an open store, each with a deadline. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenSite, openSite, type RunObserver, type RunSiteOptions } from '../app.js';
import { NewsloomError, StoreError } from '../model/errors.js';
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
  readonly resolve?: RunSiteOptions['resolve'];
  readonly open?: (...asked: Parameters<typeof openSite>) => Promise<OpenSite>;
  readonly logger: Logger;
  readonly observer: RunObserver;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** Milliseconds within which the next run must have succeeded. */
  readonly freshFor: () => number;
  /** Called with an error that later runs would meet again. */
  readonly onFatal: (error: StoreError) => void;
}

type Result = Awaited<ReturnType<OpenSite['run']>>;

export class RunQueue {
  #site: OpenSite | null = null;
  #running: Promise<void> | null = null;
  #prunedOn = '';
  #again: NodeJS.Timeout | null = null;
  #resting: Promise<void> | null = null;
  /** By `performance.now()`. */
  #lastEnded = Number.NEGATIVE_INFINITY;
  readonly #stop = new AbortController();
  /** Whether a run was abandoned, which may keep the process alive. */
  leftBehind = false;

  private constructor(
    private settings: Settings,
    private readonly options: RunsOptions,
  ) {}

  /** Opens the store. @throws StoreError STORE_LOCKED where another process has it. */
  static async open(settings: Settings, options: RunsOptions): Promise<RunQueue> {
    const runs = new RunQueue(settings, options);
    runs.#site = await runs.#open(settings);
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
    const left = this.#lastEnded + pushesApartMs - performance.now();
    if (left > 0) await sleep(left, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  /** What hubs call; null: the store is not open. */
  get hubs(): OpenSite['hubs'] | null {
    return this.#site?.hubs ?? null;
  }

  /** Sets the settings of later runs. Rejects where their store cannot be opened; the old settings then stay. */
  async change(settings: Settings): Promise<void> {
    await this.#running;
    if (JSON.stringify(settings.store) !== JSON.stringify(this.settings.store)) {
      const site = await this.#open(settings);
      await this.#site?.close();
      this.#site = site;
    }
    this.settings = settings;
  }

  /** Aborts the run in progress and closes the store. */
  async close(): Promise<void> {
    this.#stop.abort();
    if (this.#again !== null) clearTimeout(this.#again);
    await this.#running;
    await this.#site?.close();
    this.#site = null;
  }

  #open(settings: Settings): Promise<OpenSite> {
    const { open = openSite, observer } = this.options;
    return open(settings, { signal: this.#stop.signal, observer });
  }

  async #turn(): Promise<void> {
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
    readiness.trouble(this.#site === null ? 'the store is not open' : null);
    if (ending.kind === 'done' && ending.result.kind === 'published') readiness.ran(this.options.freshFor());
    if (ending.kind === 'hung') await this.#leaveBehind();
    if (ending.kind === 'failed' && isFatal(ending.error)) this.options.onFatal(ending.error);
    return ending.kind === 'late' && run.where().stage === 'reading' ? 'late while reading' : 'ended';
  }

  async #work(mode: 'all' | 'offline', run: FollowedRun, signal: AbortSignal): Promise<Result> {
    this.#site ??= await this.#open(this.settings);
    const site = this.#site;
    const now = this.options.now();
    const result = await site.run(this.settings, {
      now,
      force: false,
      only: null,
      offline: mode === 'offline',
      dryRun: false,
      forcePublish: false,
      ...(this.options.resolve === undefined ? {} : { resolve: this.options.resolve }),
      signal,
      observer: run.observer,
    });
    this.options.metrics.sources(await site.health(this.settings));
    await this.#keepSubscriptions(site, now, signal);
    await this.#prune(site, now);
    return result;
  }

  async #keepSubscriptions(site: OpenSite, now: Date, signal: AbortSignal): Promise<void> {
    const { resolve } = this.options;
    const warnings = await site.keepSubscriptions(this.settings, { now, signal, ...(resolve && { resolve }) });
    for (const warning of warnings) this.options.logger.warn({ at: 'worker.publicUrl' }, warning);
  }

  /** Once a day; also checks the store's integrity. */
  async #prune(site: OpenSite, now: Date): Promise<void> {
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

  #tell(ending: RunEnding<Result>, run: FollowedRun, ms: number): void {
    const { logger, metrics, deadlineMs } = this.options;
    if (ending.kind === 'done') {
      const { kind, report } = ending.result;
      const { failures: _, warnings, ...facts } = report;
      for (const { sourceId, message } of warnings.filter(isAboutSite)) logger.warn({ at: sourceId }, message);
      if (kind === 'no-source') logger.error(facts, 'no source could be read; the published edition stays unchanged');
      else logger.info(facts, report.changed ? 'published' : 'nothing new');
      if (kind === 'published') metrics.reported(report, this.options.now());
      return;
    }
    if (ending.kind === 'failed') {
      const { error } = ending;
      if (error instanceof NewsloomError) logger.error({ code: error.code, ms }, error.message);
      else logger.fatal({ err: error, ms }, 'a bug in newsloom: please report it with this stack');
      return;
    }
    const { stage, waiting } = run.where();
    const named = { stage, waiting: waiting.length, sources: waiting.slice(0, 10), ms, deadlineMs };
    if (ending.kind === 'stopped') logger.info(named, 'the run was stopped');
    else if (ending.kind === 'late') logger.error(named, 'the run took too long and was ended');
    else logger.error(named, 'the run hangs: it was left behind and its store closed');
  }
}

function endingLabel(ending: RunEnding<Result>): string {
  if (ending.kind === 'failed') return ending.error instanceof NewsloomError ? ending.error.code : 'bug';
  if (ending.kind !== 'done') return ending.kind;
  const { kind, report } = ending.result;
  if (kind === 'no-source') return 'no_source';
  return report.changed ? 'published' : 'unchanged';
}

/** Errors that a retry cannot fix, such as a damaged store or an unknown version. */
function isFatal(error: unknown): error is StoreError {
  return error instanceof StoreError && !error.retry;
}
