/** The worker: opens the store and a port, runs on schedule, reloads its config, shuts down in order. */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { keepLastGood, type LoadedSettings, loadCurrentOrLast, noteRejected } from '../app/last-good-config.js';
import type { SiteReading } from '../app/load-site.js';
import type { openSite, WorkerSite } from '../app/open-site.js';
import type { RunObserver, RunSiteOptions } from '../app/run-tools.js';
import { ConfigError, type ConfigProblem } from '../model/errors.js';
import type { BuildReport } from '../model/report.js';
import type { Settings, WorkerRole } from '../model/settings.js';
import type { Logger } from '../observe/logger.js';
import { createMetrics } from '../observe/metrics.js';
import { toServedFolder } from '../serve/folder.js';
import type { Listening } from '../serve/listen.js';
import { type Fetching, startFetching } from './fetching.js';
import { openPort } from './port.js';
import { Readiness, TICKS } from './readiness.js';
import { RunQueue } from './run-queue.js';
import { type StartTicks, startTicks, type Ticks } from './ticks.js';
import { watchFiles } from './watch-files.js';
import { startWatchdog } from './watchdog.js';

export interface WorkerOptions {
  /** Loads the config. Rejects with ConfigError. */
  readonly load: (reading?: SiteReading) => Promise<Settings>;
  readonly configPath: string;
  /** Whether an invalid config prevents the start; otherwise, the worker starts with the last valid one. */
  readonly strictConfig?: boolean;
  readonly host: string;
  /** Overrides `worker.port` of the config; null: not overridden. */
  readonly port: number | null;
  /** Overrides `worker.role` of the config; missing: not overridden. */
  readonly role?: WorkerRole | null;
  readonly deadlineMs: number;
  /** Milliseconds for an aborted run to stop. */
  readonly graceMs?: number;
  readonly signal: AbortSignal;
  readonly onHangup: (reload: () => void) => void;
  readonly logger: Logger;
  readonly observer: RunObserver;
  /** A report in words, for `worker.ping`. */
  readonly summarize: (report: BuildReport) => string;
  readonly started?: (url: string) => void;
  /** Milliseconds between two checks of the config files. */
  readonly checkEveryMs?: number;
  readonly now?: () => Date;
  readonly startTicks?: StartTicks;
  readonly resolve?: RunSiteOptions['resolve'];
  readonly open?: (...asked: Parameters<typeof openSite>) => Promise<WorkerSite>;
}

const FILE_CHECK_EVERY = 2_000;
/** Reason of a reload at a tick after an invalid config. */
const RETRY_REASON = 'tried again';
/** Milliseconds for which polling the queue keeps a fetch process ready. */
const POLL_FRESH_FOR = 60_000;

/**
 * Works until `signal` is aborted and resolves when all is closed; `hung`: an abandoned run may keep the process alive. Rejects with
 * ConfigError, with StoreError (STORE_LOCKED at the start, or an error that retries cannot fix), or with the system's error of the port.
 */
export async function work(options: WorkerOptions): Promise<'clean' | 'hung'> {
  const { configPath, load, strictConfig } = options;
  const loaded = strictConfig ? { settings: await load(), error: null } : await loadCurrentOrLast(configPath, load);
  const worker = new Worker(loaded, { ...options, role: chooseRole(loaded.settings, options) });
  await worker.start();
  const fatal = await worker.mustStop;
  const end = await worker.stop();
  if (fatal !== null) throw fatal;
  return end;
}

/** Throws ConfigError: a store that is not shared needs one process for all roles. */
function chooseRole(settings: Settings, { role }: WorkerOptions): WorkerRole {
  const { store, worker } = settings;
  const wanted = role ?? worker.role ?? 'all';
  if (wanted === 'all' || isShared(store)) return wanted;
  const message = `"${wanted}" needs store.kind: postgres: with ${store.kind}, use the role "all"`;
  throw configError(settings, { path: 'worker.role', message });
}

function isShared({ kind }: Settings['store']): boolean {
  return kind === 'postgres';
}

class Worker {
  /** Resolves with null after the signal, otherwise with a fatal error. */
  readonly mustStop: Promise<Error | null>;
  readonly #metrics = createMetrics();
  readonly #readiness = new Readiness();
  #requestStop: (why: Error | null) => void = () => undefined;
  #ticks: Ticks | null = null;
  #port!: Listening;
  /** null: only other processes publish. */
  #runs: RunQueue | null = null;
  #fetching: Fetching | null = null;
  #stopWatchingFiles: () => void = () => undefined;
  #stopWatchdog: () => Promise<void> = async () => undefined;
  #reloading: Promise<void> = Promise.resolve();
  #isStopping = false;
  #watched: readonly string[];
  private settings: Settings;
  /** Why the config of the files is rejected; empty: it is in use. */
  #problem = '';

  constructor(
    private readonly loaded: LoadedSettings,
    private readonly options: WorkerOptions,
  ) {
    this.settings = loaded.settings;
    this.#watched = [...watchedFiles(this.settings), ...listProblemFiles(loaded.error)];
    this.mustStop = new Promise((stop) => {
      this.#requestStop = stop;
    });
  }

  async start(): Promise<void> {
    const { options, settings } = this;
    const { logger, signal } = options;
    const { error } = this.loaded;
    if (options.role !== 'fetch') this.#runs = await this.#openRuns();
    this.#port = await this.#openPort().catch(async (error: unknown) => {
      await this.#runs?.close();
      throw error;
    });
    if (error === null) await this.#accept(settings);
    else await this.#reject(error, 'the config is invalid: started with the last valid one');
    logger.info(
      { url: this.#port.url, sources: settings.sources.length, cron: settings.schedule.cron },
      'worker started',
    );
    this.#startTicks();
    if (options.role !== 'publish' && isShared(settings.store)) this.#fetching = this.#startFetching();
    this.#stopWatchdog = startWatchdog({ patienceMs: options.deadlineMs });
    signal.addEventListener('abort', () => this.#requestStop(null), { once: true });
    if (signal.aborted) this.#requestStop(null);
    options.onHangup(() => this.#reload('SIGHUP'));
    const changed = () => this.#reload('a file changed');
    this.#stopWatchingFiles = watchFiles(() => this.#watched, changed, options.checkEveryMs ?? FILE_CHECK_EVERY);
    options.started?.(this.#port.url);
    void this.#runs?.run();
  }

  /** In this order: readiness (stops new traffic), schedule, current run, port, store. */
  async stop(): Promise<'clean' | 'hung'> {
    this.#isStopping = true;
    this.#readiness.stop();
    this.options.logger.info('stopping');
    this.#ticks?.stop();
    this.#stopWatchingFiles();
    await Promise.all([this.#runs?.close(), this.#fetching?.stop(), this.#reloading]);
    await this.#port.close();
    await this.#stopWatchdog();
    const end = this.#runs?.hasAbandonedRun === true ? 'hung' : 'clean';
    this.options.logger.info({ end }, 'stopped');
    return end;
  }

  #openRuns(): Promise<RunQueue> {
    const { options } = this;
    return RunQueue.open({
      ...options,
      settings: () => this.settings,
      shared: isShared(this.settings.store),
      now: options.now ?? (() => new Date()),
      metrics: this.#metrics,
      readiness: this.#readiness,
      freshFor: () => this.#ticks?.span(TICKS) ?? 0,
      onFatal: (error) => this.#requestStop(error),
    });
  }

  #openPort(): Promise<Listening> {
    const { host, port, now = () => new Date() } = this.options;
    const hubs = {
      hubs: () => this.#runs?.hubs ?? null,
      now,
      maxBytes: this.settings.fetch.maxBytes,
      onPush: () => void this.#runs?.runAfterPush(),
    };
    return openPort({
      host,
      port: port ?? this.settings.worker.port,
      folder: () => (this.settings.publish.s3 === undefined ? toServedFolder(this.settings) : null),
      readiness: this.#readiness,
      metrics: this.#metrics,
      hubs,
    });
  }

  #startFetching(): Fetching {
    const { logger, resolve, role } = this.options;
    const isAll = this.#runs !== null;
    return startFetching({
      settings: () => this.settings,
      role: role ?? 'all',
      ...(resolve && { resolve }),
      logger,
      metrics: this.#metrics,
      onPoll: () =>
        isAll
          ? undefined
          : this.#readiness.recordSuccess(POLL_FRESH_FOR, 'the queue was not polled in the last minute'),
      onBug: (error) => this.#requestStop(error instanceof Error ? error : new Error(String(error))),
    });
  }

  #startTicks(): void {
    this.#ticks?.stop();
    const start = this.options.startTicks ?? startTicks;
    const tick = async () => {
      // The cause of an invalid config may end without a change of its files.
      if (this.#problem !== '') await this.#reload(RETRY_REASON);
      await this.#runs?.run();
    };
    this.#ticks = start(this.settings.schedule.cron, tick, this.options.logger);
  }

  /** Reloads run one after another. Each reads the current files. */
  #reload(why: string): Promise<void> {
    this.#reloading = this.#reloading
      .then(() => this.#reloadNow(why))
      .catch((error: unknown) =>
        this.options.logger.fatal({ err: error }, 'a bug in newsloom: keeping the old config'),
      );
    return this.#reloading;
  }

  async #reloadNow(why: string): Promise<void> {
    if (this.#isStopping) return;
    try {
      const settings = await this.options.load();
      this.#watched = watchedFiles(settings);
      refuseRestartSettings(this.settings, settings, this.options);
      if (this.#isStopping) return;
      await this.#use(settings);
      this.options.logger.info({ why, sources: settings.sources.length }, 'config reloaded');
      void this.#runs?.runNext();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const isNews = why !== RETRY_REASON || this.#problem !== error.message;
      this.#watched = [...new Set([...this.#watched, ...listProblemFiles(error)])];
      await this.#reject(error, isNews ? 'the new config is invalid: keeping the old one' : null);
    }
  }

  async #accept(settings: Settings): Promise<void> {
    this.#problem = '';
    this.#readiness.detail = null;
    this.#metrics.configLoaded(this.options.now?.() ?? new Date());
    await keepLastGood(settings);
  }

  /** `message`: what the worker does instead; null: it was logged before. */
  async #reject(error: ConfigError, message: string | null): Promise<void> {
    const { configPath, logger, now } = this.options;
    this.#problem = error.message;
    this.#metrics.configLoaded(null);
    const { since, problems } = await noteRejected(configPath, error, now?.() ?? new Date());
    this.#readiness.detail = `the config is rejected since ${since}, and the last valid one is in use: ${problems[0]}`;
    if (message !== null) logger.error({ problems, since }, message);
  }

  async #use(settings: Settings): Promise<void> {
    const before = this.settings;
    this.settings = settings;
    await this.#accept(settings);
    if (before.schedule.cron !== settings.schedule.cron) this.#startTicks();
  }
}

/** Throws ConfigError if store or port changed: the worker opened them at its start. */
function refuseRestartSettings(before: Settings, after: Settings, { port }: WorkerOptions): void {
  const hasOtherPort = port === null && before.worker.port !== after.worker.port;
  const path = isDeepStrictEqual(before.store, after.store) ? (hasOtherPort ? 'worker.port' : null) : 'store';
  if (path !== null) throw configError(after, { path, message: 'restart the worker to use the new value' });
}

function configError({ configPath: file }: Settings, problem: Pick<ConfigProblem, 'path' | 'message'>): ConfigError {
  return new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, ...problem }]);
}

/** Includes the desk file even if it does not exist yet. */
function watchedFiles({ configFiles, desk }: Settings): readonly string[] {
  return [...new Set([...configFiles, desk.path])];
}

function listProblemFiles(error: ConfigError | null): readonly string[] {
  return (error?.problems ?? []).map(({ file }) => resolve(file));
}
