/** How V8 lets the heap grow. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** Bytes. A run in which little is new stays below. */
const LARGE = 40 * 1024 * 1024;

/** Milliseconds between two looks, each of which takes some microseconds. */
const EVERY = 20;

/**
 * Above 40 MB the heap grows by a fifth of what is live: left to V8, garbage would be three times as much, and most of the
 * memory of a large run. Below that V8 is left alone: collecting as often takes a twentieth of a quiet run. (Node's manual warns
 * of flags that are set late; this one is only read when V8 reckons how far to grow next.)
 */
export function limitHeapGrowth(): void {
  const watch = setInterval(() => {
    if (getHeapStatistics().used_heap_size < LARGE) return;
    setFlagsFromString('--heap-growing-percent=20');
    clearInterval(watch);
  }, EVERY);
  watch.unref();
}
