/** Limits how far V8 lets the heap grow between collections. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';

const MB = 1024 * 1024;

/** Above `from` bytes, the heap may grow by `percent` of the live size. */
const STEPS = [
  { from: 30 * MB, percent: 100 },
  { from: 130 * MB, percent: 8 },
  { from: 200 * MB, percent: 40 },
];

/** Milliseconds between two checks of the heap size. */
const EVERY = 20;

/**
 * Small runs keep V8's defaults, because frequent collections cost time; in large runs most memory would be garbage.
 * The first step must be early, because V8 sets the next limit at each collection.
 */
export function limitHeapGrowth(): void {
  const steps = [...STEPS];
  const watch = setInterval(() => {
    const used = getHeapStatistics().used_heap_size;
    for (let next = steps[0]; next !== undefined && used >= next.from; next = steps[0]) {
      setFlagsFromString(`--heap-growing-percent=${next.percent}`);
      steps.shift();
    }
    if (steps.length === 0) clearInterval(watch);
  }, EVERY);
  watch.unref();
}
