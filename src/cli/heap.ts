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
 * With V8's defaults, most of the memory of a large run is garbage. Small runs keep the defaults, because frequent
 * collections cost them time. The first step must be early, because V8 sets the next limit at each collection. V8
 * reads the flag each time it computes that limit, so a late change takes effect.
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
