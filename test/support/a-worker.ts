/** Runs a worker in this process with a site in a temporary folder; the test triggers its ticks. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { formatSummary } from '../../src/cli/summary.js';
import { createLogger } from '../../src/observe/logger.js';
import { type WorkerOptions, work } from '../../src/worker/worker.js';
import type { TestSite } from './a-site.js';

export interface TestWorker {
  readonly url: string;
  /** The log, line by line. */
  readonly log: readonly Record<string, unknown>[];
  /** Resolves when the run of this tick has ended. */
  tick(): Promise<void>;
  hangUp(): void;
  /** Stops the worker and waits for its end. */
  stop(): Promise<'clean' | 'hung'>;
  /** The result of `work`. */
  readonly ended: Promise<'clean' | 'hung'>;
  /** Resolves with the first log line with this message. */
  said(message: string): Promise<Record<string, unknown>>;
  get(path: string): Promise<{ status: number; body: string }>;
}

/** Resolves once the first run has ended, or with `ready: 'port'`, once the port is open. */
export async function aWorker(
  site: Pick<TestSite, 'root'>,
  options: Partial<WorkerOptions> & { readonly ready?: 'run' | 'port' } = {},
): Promise<TestWorker> {
  const { log, logger } = await aLog();
  const stop = new AbortController();
  const hangUps: (() => void)[] = [];
  let onTick: () => Promise<void> = async () => {};
  let ended!: Promise<'clean' | 'hung'>;
  const url = await new Promise<string>((started, failed) => {
    ended = work({
      load: (reading) => loadSite(join(site.root, 'config', 'newsloom.yaml'), {}, reading),
      configPath: join(site.root, 'config', 'newsloom.yaml'),
      host: '127.0.0.1',
      port: 0,
      deadlineMs: 60_000,
      signal: stop.signal,
      onHangup: (then) => hangUps.push(then),
      logger,
      observer: { start: () => {}, done: () => {}, published: () => {} },
      summarize: formatSummary,
      startTicks: (_, then) => {
        onTick = () => then();
        return { span: () => 60_000, stop: () => {} };
      },
      checkEveryMs: 20,
      started,
      ...options,
    });
    ended.catch(failed);
  });
  const end = () => {
    stop.abort();
    return ended;
  };
  onTestFinished(async () => void (await end().catch(() => undefined)));
  const worker: TestWorker = {
    url,
    log,
    tick: () => onTick(),
    hangUp: () => {
      for (const then of hangUps) then();
    },
    stop: end,
    ended,
    said: (message) => until(() => log.find(({ msg }) => msg === message)),
    get: async (path) => {
      const answer = await fetch(new URL(path, url));
      return { status: answer.status, body: await answer.text() };
    },
  };
  if (options.ready !== 'port') await worker.tick();
  return worker;
}

/** A log that a test can read. */
export async function aLog() {
  const log: Record<string, unknown>[] = [];
  const write = (lines: string) => void log.push(JSON.parse(lines));
  return {
    log,
    logger: createLogger({ to: { write }, shown: (text) => text, style: 'json', colors: false, level: 'info' }),
  };
}

/** Polls until `look` returns a value. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((again) => setTimeout(again, 10));
  }
}
