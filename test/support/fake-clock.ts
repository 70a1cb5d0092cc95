/** A clock that jumps to the next pending timer when nothing else can run. */
import { setImmediate as settled } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.js';

export class FakeClock implements Clock {
  #now = 0;
  readonly #sleepers: { at: number; wake: () => void }[] = [];

  readonly boot = (): string => 'first';

  readonly elapsed = (): number => this.#now;

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.push({ at: this.#now + Math.max(ms, 0), wake });
      signal?.addEventListener('abort', wake);
    });

  /** Advances the time until `work` is settled. */
  async until<T>(work: Promise<T>): Promise<T> {
    let pending = true;
    const watched = work.finally(() => {
      pending = false;
    });
    watched.catch(() => undefined);
    for (;;) {
      await settled();
      if (!pending) return watched;
      this.#sleepers.sort((a, b) => a.at - b.at);
      const next = this.#sleepers.shift();
      if (next === undefined) throw new Error('everybody waits for somebody else');
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}
