/** The long-running worker: opens the store and a port, runs by schedule, reloads its config, shuts down in order. */
import { isAbsolute, resolve } from 'node:path';
import type { openSite, WorkerSite } from '../app/open-site.js';
import type { RunObserver, RunSiteOptions } from '../app/run-tools.js';
import { ConfigError, formatProblem, NewsloomError, StoreError } from '../model/errors.js';
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
  /** Asks for an orderly shutdown. */
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
/** Why files that were wrong are read at a tick. */
const AGAIN = 'tried again';
/** Milliseconds for which a process that only asks is ready after it has looked for a bundle. */
const LOOKED_FRESH = 60_000;

/**
 * Works until `signal` is aborted; resolves when all is closed: `clean`, or `hung` where an abandoned run may keep the process alive.
 * Rejects with ConfigError, with StoreError (at the start STORE_LOCKED; later an error that further runs would meet again), and with the
 * system's error where the port cannot be opened.
 */
export async function work(options: WorkerOptions): Promise<'clean' | 'hung'> {
  const settings = await options.load();
  const role = roleOf(settings, options);
  const worker = await Worker.start(settings, { ...options, role });
  const fatal = await worker.asked;
  const end = await worker.stop();
  if (fatal !== null) throw fatal;
  return end;
}

/** Throws ConfigError: one process on a store of its own does everything. */
function roleOf({ store, worker, configPath: file }: Settings, { role }: WorkerOptions): WorkerRole {
  const wanted = role ?? worker.role ?? 'all';
  if (wanted === 'all' || isShared(store)) return wanted;
  const message = `"${wanted}" needs store.kind: postgres: with ${store.kind}, one process does all`;
  throw new ConfigError('CONFIG_INVALID', [{ file, line: 0, column: 0, path: 'worker.role', message }]);
}

/** Whether several processes can share it. */
function isShared({ kind }: Settings['store']): boolean {
  return kind === 'postgres';
}

class Worker {
  readonly metrics = createMetrics();
  readonly readiness = new Readiness();
  /** Resolves when the worker must stop: null: by the signal; else the fatal error. */
  readonly asked: Promise<Error | null>;
  #end: (why: Error | null) => void = () => undefined;
  #ticks: Ticks | null = null;
  #port!: Listening;
  /** null: others publish. */
  #runs: RunQueue | null = null;
  #fetching: Fetching | null = null;
  #unwatch: () => void = () => undefined;
  #callOff: () => Promise<void> = async () => undefined;
  #reloading: Promise<void> = Promise.resolve();
  #stopping = false;
  #watched: readonly string[];
  /** What is wrong with the files as they were read last; empty: nothing. */
  #wrong = '';

  private constructor(
    private settings: Settings,
    private readonly options: WorkerOptions,
  ) {
    this.#watched = watchedFiles(settings);
    this.asked = new Promise((end) => {
      this.#end = end;
    });
  }

  static async start(settings: Settings, options: WorkerOptions): Promise<Worker> {
    const worker = new Worker(settings, options);
    await worker.#start();
    return worker;
  }

  async #start(): Promise<void> {
    const { options, settings } = this;
    const { logger, signal } = options;
    if (options.role !== 'fetch') this.#runs = await this.#openRuns(settings);
    try {
      this.#port = await this.#openPort(settings);
    } catch (error) {
      await this.#runs?.close();
      throw error;
    }
    logger.info({ url: this.#port.url, sources: settings.sources.length, cron: settings.schedule.cron }, 'at work');
    this.#startTicks();
    if (options.role !== 'publish' && isShared(settings.store)) this.#fetching = this.#startFetching();
    this.#callOff = startWatchdog({ patienceMs: options.deadlineMs });
    signal.addEventListener('abort', () => this.#end(null), { once: true });
    if (signal.aborted) this.#end(null);
    options.onHangup(() => this.#reload('SIGHUP'));
    const changed = () => this.#reload('a file changed');
    this.#unwatch = watchFiles(() => this.#watched, changed, options.lookEveryMs ?? FILE_CHECK_EVERY);
    options.started?.(this.#port.url);
    void this.#runs?.turn();
  }

  #openRuns(settings: Settings): Promise<RunQueue> {
    const { options } = this;
    return RunQueue.open(settings, {
      ...options,
      shared: isShared(settings.store),
      now: options.now ?? (() => new Date()),
      isMachineTime: options.now === undefined,
      metrics: this.metrics,
      readiness: this.readiness,
      freshFor: () => this.#ticks?.span(TICKS) ?? 0,
      onFatal: (error) => this.#end(error),
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
      metrics: this.metrics,
      looked: () =>
        isAll ? undefined : this.readiness.ran(LOOKED_FRESH, 'no bundle was looked for in the last minute'),
      onBug: (error) => this.#end(error instanceof Error ? error : new Error(String(error))),
    });
  }

  /** In this order: not ready (no more traffic is routed here), no new runs, the run in progress, the port, the store. */
  async stop(): Promise<'clean' | 'hung'> {
    this.#stopping = true;
    this.readiness.stop();
    this.options.logger.info('stopping');
    this.#ticks?.stop();
    this.#unwatch();
    await Promise.all([this.#runs?.close(), this.#fetching?.stop()]);
    // A reload in progress may open another store or port.
    await this.#reloading;
    await this.#runs?.close();
    await this.#port.close();
    await this.#callOff();
    const end = this.#runs?.leftBehind === true ? 'hung' : 'clean';
    this.options.logger.info({ end }, 'stopped');
    return end;
  }

  #openPort({ worker }: Settings): Promise<Listening> {
    const { host, port } = this.options;
    const { readiness, metrics } = this;
    const hubs = {
      hubs: () => this.#runs?.hubs ?? null,
      now: this.options.now ?? (() => new Date()),
      maxBytes: this.settings.fetch.maxBytes,
      onPush: () => void this.#runs?.pushed(),
    };
    const folder = () => (this.settings.publish.s3 === undefined ? sectionFolder(this.settings) : null);
    return openPort({ host, port: port ?? worker.port, folder, readiness, metrics, hubs });
  }

  #startTicks(): void {
    this.#ticks?.stop();
    const start = this.options.startTicks ?? startTicks;
    const tick = async () => {
      // What kept them from being read may pass without a change of theirs.
      if (this.#wrong !== '') await this.#reload(AGAIN);
      await this.#runs?.turn();
    };
    this.#ticks = start(this.settings.schedule.cron, tick, this.options.logger);
  }

  /** Reloads run one after another; each reads the files as they are then. */
  #reload(why: string): Promise<void> {
    this.#reloading = this.#reloading
      .then(() => (this.#stopping ? undefined : this.#reloadNow(why)))
      .catch((error: unknown) => this.options.logger.fatal({ err: error }, 'a bug in newsloom: the old config stays'));
    return this.#reloading;
  }

  async #reloadNow(why: string): Promise<void> {
    try {
      const settings = await this.options.load();
      this.#watched = watchedFiles(settings);
      await this.#change(settings);
      this.#wrong = '';
      this.options.logger.info({ why, sources: settings.sources.length }, 'the config was reloaded');
      void this.#runs?.turn();
    } catch (error) {
      if (!(error instanceof NewsloomError || isPortError(error))) throw error;
      const isNews = why !== AGAIN || this.#wrong !== error.message;
      this.#wrong = error.message;
      if (error instanceof ConfigError) this.#watch(error);
      if (isNews) this.#refuse(error);
    }
  }

  #watch({ problems }: ConfigError): void {
    const named = problems.map(({ file }) => (isAbsolute(file) ? file : resolve(file)));
    this.#watched = [...new Set([...watchedFiles(this.settings), ...named])];
  }

  #refuse(error: Error): void {
    const { logger } = this.options;
    if (error instanceof ConfigError)
      logger.error({ problems: error.problems.map(formatProblem) }, 'the new config is wrong: the old one stays');
    else logger.error({ why: error.message }, 'the new config cannot be used: the old one stays');
  }

  /** Applies all changes or none. */
  async #change(settings: Settings): Promise<void> {
    if (isShared(settings.store) !== isShared(this.settings.store))
      throw new StoreError('STORE_FAILED', 'another store.kind needs a new start of the worker');
    const moved = this.options.port === null && settings.worker.port !== this.settings.worker.port;
    const port = moved ? await this.#openPort(settings) : this.#port;
    try {
      await this.#runs?.change(settings);
    } catch (error) {
      if (moved) await port.close();
      throw error;
    }
    const before = this.settings;
    this.settings = settings;
    if (moved) await this.#port.close();
    this.#port = port;
    if (before.schedule.cron !== settings.schedule.cron) this.#startTicks();
  }
}

/** An error of `listen`. */
function isPortError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen';
}

/** The desk too where it is not there yet. */
function watchedFiles({ configFiles, desk }: Settings): readonly string[] {
  return [...new Set([...configFiles, desk.path])];
}
