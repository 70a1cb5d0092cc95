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
 * By default, most of the memory of a large run would be garbage: a first run of 500 sources passes the first step, one of 5,000 the
 * second. With 50,000 the third: to collect as often as before took a fifth of the time, for some memory. Small runs keep V8's default,
 * since frequent collection costs them more than it saves. The first step is early, since V8 sets the next limit when it collects: a later
 * one would leave the heap a limit by its default until then. (Node's manual warns against setting flags late; V8 reads this one each time it
 * computes the next heap limit.)
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
