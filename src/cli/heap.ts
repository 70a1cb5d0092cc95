/** How much rubbish V8 may let lie about: little in a large heap, of which it would be most of a run's memory; in a small one, sweeping takes a twentieth of a run. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** Bytes. A run in which little is new stays below. */
const LARGE = 40 * 1024 * 1024;

/** Milliseconds between two looks, each of which takes some microseconds. */
const EVERY = 20;

/** From when the heap is large, it grows by a fifth of what is of use in it, and is swept. */
export function keepHeapTight(): void {
  const watch = setInterval(() => {
    if (getHeapStatistics().used_heap_size < LARGE) return;
    setFlagsFromString('--heap-growing-percent=20');
    clearInterval(watch);
  }, EVERY);
  watch.unref();
}
