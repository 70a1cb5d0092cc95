/** Watchdog for a blocked event loop, which no deadline can end: a thread logs it and kills the process, for its supervisor to restart. */
import { Worker } from 'node:worker_threads';

export interface WatchdogOptions {
  /** Milliseconds without a heartbeat after which the process is killed. */
  readonly patienceMs: number;
  /** Milliseconds between heartbeats. */
  readonly everyMs?: number;
}

/** Counts missed heartbeats on its own timer, so that a process paused as a whole misses none. */
const THREAD = `
const { writeSync } = process.getBuiltinModule('node:fs');
const { workerData } = process.getBuiltinModule('node:worker_threads');
const signs = new Int32Array(workerData.signs);
let known = -1;
let missing = 0;
setInterval(() => {
  const seen = Atomics.load(signs, 0);
  missing = seen === known ? missing + 1 : 0;
  known = seen;
  if (missing < workerData.most) return;
  const ms = missing * workerData.everyMs;
  const end = process.pid === 1 ? 'as process 1 of its container it cannot be ended from inside: start that with --init' : 'it is ended, to be started again';
  const msg = 'the process hangs in one step: ' + end;
  writeSync(2, JSON.stringify({ level: 'fatal', time: new Date().toISOString(), ms, msg }) + '\\n');
  process.kill(process.pid, 'SIGKILL'); // the store and the published folder survive this
}, workerData.everyMs);
`;

/** Returns a function that stops it. */
export function startWatchdog({ patienceMs, everyMs = 5_000 }: WatchdogOptions): () => Promise<void> {
  const signs = new SharedArrayBuffer(4);
  const most = Math.max(2, Math.ceil(patienceMs / everyMs));
  const thread = new Worker(THREAD, { eval: true, workerData: { signs, most, everyMs } });
  thread.unref();
  const timer = setInterval(() => Atomics.add(new Int32Array(signs), 0, 1), everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await thread.terminate();
  };
}
