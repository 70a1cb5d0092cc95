/**
 * Replaces `setTimeout` and `performance.now` by a clock that the test controls, so that results do not depend on the
 * machine's load.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

export interface TestTimers {
  /** Runs each timer at its time. */
  pass(ms: number): Promise<void>;
  /** Simulates a blocked process: timers that are due run late. */
  hang(ms: number): Promise<void>;
}

interface Waiting {
  readonly at: number;
  readonly ring: () => void;
}

/** Active until the end of the test. `node:timers/promises` and Node's internals keep the real time. */
export function testTimers(): TestTimers {
  let now = 0;
  const timers = new Map<object, Waiting>();
  vi.stubGlobal('setTimeout', (ring: () => void, ms = 0) => {
    const timer = {};
    timers.set(timer, { at: now + ms, ring });
    return timer;
  });
  vi.stubGlobal('clearTimeout', (timer: object) => void timers.delete(timer));
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => {
    vi.unstubAllGlobals();
    clock.mockRestore();
  });
  const jump = (ms: number) => {
    now += ms;
    const due = [...timers].filter(([, { at }]) => at <= now).sort(([, a], [, b]) => a.at - b.at);
    for (const [timer, { ring }] of due) if (timers.delete(timer)) ring();
  };
  return {
    pass: async (ms) => {
      await settled();
      for (let passed = 0; passed < ms; passed++) jump(1);
      await settled();
    },
    hang: async (ms) => {
      jump(ms);
      await settled();
    },
  };
}

/**
 * Resolves when all messages on loopback have arrived and were processed. This takes turns of the event loop, but no
 * time.
 */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
}
