/** `setTimeout` and `performance.now` by a clock that the test sets, so that its result does not depend on how busy the machine is. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';

export interface TestTimers {
  /** Each timer rings at its moment. */
  pass(ms: number): Promise<void>;
  /** As where the process can do nothing meanwhile: what is due then rings late. */
  hang(ms: number): Promise<void>;
}

interface Waiting {
  readonly at: number;
  readonly ring: () => void;
}

/** Until the test has ended. `node:timers/promises` and what Node does itself keep to the real time. */
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

/** Resolves when what was sent on the loopback network has arrived, and what follows from it is done: that takes turns of the event loop, no time. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
}
