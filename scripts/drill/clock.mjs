/** Preloaded into the processes of the drill: their wall clock runs ahead by the milliseconds in the file `DRILL_CLOCK`. */
import { readFileSync } from 'node:fs';

const Real = Date;
const file = process.env.DRILL_CLOCK;
let ahead = 0;
let readAt = Number.NEGATIVE_INFINITY;

function now() {
  if (performance.now() - readAt > 50) {
    readAt = performance.now();
    ahead = Number(readFileSync(file, 'utf8'));
  }
  return Real.now() + ahead;
}

if (file !== undefined)
  globalThis.Date = class extends Real {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now()] : parts));
    }

    static now() {
      return now();
    }
  };
