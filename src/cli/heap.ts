/** How V8 lets the heap grow. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';

const MB = 1024 * 1024;

/** From so many bytes on, the heap grows by so many percent of what is live. */
const STEPS = [
  { from: 40 * MB, percent: 60 },
  { from: 130 * MB, percent: 8 },
];

/** Milliseconds between two looks. */
const EVERY = 20;

/**
 * Left to V8, garbage would be most of the memory of a large run: a first run of 500 sources passes the first step, one of 5,000 the
 * second. Below the first V8 is left alone, since collecting often costs a small run more than it saves. (Node's manual warns of
 * flags that are set late; this one is only read when V8 reckons how far to grow next.)
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
