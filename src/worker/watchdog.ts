/** Kills a process with a blocked event loop, from a separate thread. Its supervisor restarts it. */
import { Worker } from 'node:worker_threads';

export interface WatchdogOptions {
  /** Milliseconds without a heartbeat after which the process is killed. */
  readonly patienceMs: number;
  /** Milliseconds between heartbeats. */
  readonly everyMs?: number;
}

/** Counts missed heartbeats with its own timer. A suspended process therefore misses none. */
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
  const end = process.pid === 1 ? 'it cannot be killed as process 1 of a container: start the container with --init' : 'killing it so that its supervisor restarts it';
  const msg = 'the event loop is blocked: ' + end;
  writeSync(2, JSON.stringify({ level: 'fatal', time: new Date().toISOString(), ms, msg }) + '\\n');
  process.kill(process.pid, 'SIGKILL'); // the store and the published folder survive this
}, workerData.everyMs);
`;

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
