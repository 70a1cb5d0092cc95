/** The long-running worker: opens the store and a port, runs by schedule, reloads its config, shuts down in order. */
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { openSite, WorkerSite } from '../app/open-site.js';
import type { RunObserver, RunSiteOptions } from '../app/run-tools.js';
import { ConfigError, type ConfigProblem, formatProblem } from '../model/errors.js';
import type { Settings, WorkerRole } from '../model/settings.js';
import type { Logger } from '../observe/logger.js';
import { createMetrics } from '../observe/metrics.js';
import { sectionFolder } from '../serve/folder.js';
import type { Listening } from '../serve/listen.js';
import { type Fetching, startFetching } from './fetching.js';
import { openPort } from './port.js';
import { Readiness, TICKS } from './readiness.js';
import { RunQueue } from './run-queue.js';
import { type StartTicks, startTicks, type Ticks } from './ticks.js';
import { watchFiles } from './watch-files.js';
import { startWatchdog } from './watchdog.js';

export interface WorkerOptions {
  /** Reads the config again. Rejects with ConfigError. */
  readonly load: () => Promise<Settings>;
  readonly host: string;
  /** Overrides `worker.port` of the config; null: not overridden. */
  readonly port: number | null;
  /** Overrides `worker.role` of the config; missing: not overridden. */
  readonly role?: WorkerRole | null;
  /** Milliseconds that a run may take. */
  readonly deadlineMs: number;
  /** Milliseconds that an aborted run has to stop. */
  readonly graceMs?: number;
  /** Requests an orderly shutdown. */
  readonly signal: AbortSignal;
  /** Registers the SIGHUP handler. */
  readonly onHangup: (reload: () => void) => void;
  readonly logger: Logger;
  readonly observer: RunObserver;
  /** Called with the address of the port once it is open. */
  readonly started?: (url: string) => void;
  /** Milliseconds between two checks of the config files. */
  readonly lookEveryMs?: number;
  readonly now?: () => Date;
  readonly startTicks?: StartTicks;
  readonly resolve?: RunSiteOptions['resolve'];
  readonly open?: (...asked: Parameters<typeof openSite>) => Promise<WorkerSite>;
}

const FILE_CHECK_EVERY = 2_000;
/** Why files that were invalid are read at a tick. */
const AGAIN = 'tried again';
/** Milliseconds for which a process that only fetches is ready after it has looked for a bundle. */
const LOOKED_FRESH = 60_000;

/**
 * Works until `signal` is aborted; resolves when all is closed: `clean`, or `hung` if an abandoned run may keep the process alive.
 * Rejects with ConfigError, with StoreError (at the start STORE_LOCKED; later an error that further runs would meet again), and with the
 * system's error if the port cannot be opened.
 */
export async function work(options: WorkerOptions): Promise<'clean' | 'hung'> {
  const settings = await options.load();
  const worker = new Worker(settings, { ...options, role: chooseRole(settings, options) });
  await worker.start();
  const fatal = await worker.mustStop;
  const end = await worker.stop();
  if (fatal !== null) throw fatal;
  return end;
}

/** Throws ConfigError: with a store of its own, one process does everything. */
function chooseRole(settings: Settings, { role }: WorkerOptions): WorkerRole {
  const { store, worker } = settings;
  const wanted = role ?? worker.role ?? 'all';
  if (wanted === 'all' || isShared(store)) return wanted;
  const message = `"${wanted}" needs store.kind: postgres: with ${store.kind}, one process does all`;
  throw configError(settings, { path: 'worker.role', message });
}

/** Whether several processes can share it. */
function isShared({ kind }: Settings['store']): boolean {
  return kind === 'postgres';
}

class Worker {
  /** Resolves with null after the signal, or with a fatal error. */
  readonly mustStop: Promise<Error | null>;
  readonly #metrics = createMetrics();
  readonly #readiness = new Readiness();
  #requestStop: (why: Error | null) => void = () => undefined;
  #ticks: Ticks | null = null;
  #port!: Listening;
  /** null: others publish. */
  #runs: RunQueue | null = null;
  #fetching: Fetching | null = null;
  #stopWatchingFiles: () => void = () => undefined;
  #stopWatchdog: () => Promise<void> = async () => undefined;
  #reloading: Promise<void> = Promise.resolve();
  #isStopping = false;
  #watched: readonly string[];
  /** Why the files cannot be used as they were read last; empty: they can. */
  #problem = '';

  constructor(
    private settings: Settings,
    private readonly options: WorkerOptions,
  ) {
    this.#watched = watchedFiles(settings);
    this.mustStop = new Promise((stop) => {
      this.#requestStop = stop;
    });
  }

  async start(): Promise<void> {
    const { options, settings } = this;
    const { logger, signal } = options;
    if (options.role !== 'fetch') this.#runs = await this.#openRuns();
    this.#port = await this.#openPort().catch(async (error: unknown) => {
      await this.#runs?.close();
      throw error;
    });
    logger.info({ url: this.#port.url, sources: settings.sources.length, cron: settings.schedule.cron }, 'at work');
    this.#startTicks();
    if (options.role !== 'publish' && isShared(settings.store)) this.#fetching = this.#startFetching();
    this.#stopWatchdog = startWatchdog({ patienceMs: options.deadlineMs });
    signal.addEventListener('abort', () => this.#requestStop(null), { once: true });
    if (signal.aborted) this.#requestStop(null);
    options.onHangup(() => this.#reload('SIGHUP'));
    const changed = () => this.#reload('a file changed');
    this.#stopWatchingFiles = watchFiles(() => this.#watched, changed, options.lookEveryMs ?? FILE_CHECK_EVERY);
    options.started?.(this.#port.url);
    void this.#runs?.run();
  }

  /** In this order: not ready (no more traffic is routed here), no new runs, the run in progress, the port, the store. */
  async stop(): Promise<'clean' | 'hung'> {
    this.#isStopping = true;
    this.#readiness.stop();
    this.options.logger.info('stopping');
    this.#ticks?.stop();
    this.#stopWatchingFiles();
    await Promise.all([this.#runs?.close(), this.#fetching?.stop(), this.#reloading]);
    await this.#port.close();
    await this.#stopWatchdog();
    const end = this.#runs?.leftBehind === true ? 'hung' : 'clean';
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
      folder: () => (this.settings.publish.s3 === undefined ? sectionFolder(this.settings) : null),
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
      looked: () =>
        isAll ? undefined : this.#readiness.ran(LOOKED_FRESH, 'no bundle was looked for in the last minute'),
      onBug: (error) => this.#requestStop(error instanceof Error ? error : new Error(String(error))),
    });
  }

  #startTicks(): void {
    this.#ticks?.stop();
    const start = this.options.startTicks ?? startTicks;
    const tick = async () => {
      // What kept the files from being used may have ended without a change of theirs.
      if (this.#problem !== '') await this.#reload(AGAIN);
      await this.#runs?.run();
    };
    this.#ticks = start(this.settings.schedule.cron, tick, this.options.logger);
  }

  /** Reloads run one after another; each reads the files as they are then. */
  #reload(why: string): Promise<void> {
    this.#reloading = this.#reloading
      .then(() => this.#reloadNow(why))
      .catch((error: unknown) => this.options.logger.fatal({ err: error }, 'a bug in newsloom: the old config stays'));
    return this.#reloading;
  }

  async #reloadNow(why: string): Promise<void> {
    if (this.#isStopping) return;
    try {
      const settings = await this.options.load();
      this.#watched = watchedFiles(settings);
      refuseRestartSettings(this.settings, settings, this.options);
      if (this.#isStopping) return;
      this.#use(settings);
      this.options.logger.info({ why, sources: settings.sources.length }, 'the config was reloaded');
      void this.#runs?.runNext();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const isNews = why !== AGAIN || this.#problem !== error.message;
      this.#problem = error.message;
      const problems = error.problems.map(formatProblem);
      this.#watched = [...new Set([...this.#watched, ...error.problems.map(({ file }) => resolve(file))])];
      if (isNews) this.options.logger.error({ problems }, 'the new config is wrong: the old one stays');
    }
  }

  #use(settings: Settings): void {
    const before = this.settings;
    this.settings = settings;
    this.#problem = '';
    if (before.schedule.cron !== settings.schedule.cron) this.#startTicks();
  }
}

/** Throws ConfigError if `after` has another store or port: the worker opened them at its start. */
function refuseRestartSettings(before: Settings, after: Settings, { port }: WorkerOptions): void {
  const hasOtherPort = port === null && before.worker.port !== after.worker.port;
  const path = isDeepStrictEqual(before.store, after.store) ? (hasOtherPort ? 'worker.port' : null) : 'store';
  if (path !== null) throw configError(after, { path, message: 'restart the worker to use the new value' });
}

function configError({ configPath: file }: Settings, problem: Pick<ConfigProblem, 'path' | 'message'>): ConfigError {
  return new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, ...problem }]);
}

/** The desk too, even if it does not exist yet. */
function watchedFiles({ configFiles, desk }: Settings): readonly string[] {
  return [...new Set([...configFiles, desk.path])];
}
