/** Divides the allowed number of open files between runs and the HTTP port. */
import { readFileSync } from 'node:fs';
import type { Concurrency } from '../model/settings.js';

/** For connections, the store, written files and pipes to threads. */
const FOR_RUNS = 128;
/** For files of the program itself, with a reserve. */
const FOR_PROGRAM = 40;
const MOST_CONNECTIONS = 500;
const MOST_IDLE = 256;

let limit: number | null = null;

/** `ulimit -n`. Node raises the soft limit to the hard limit. Infinite on systems without this file. */
function fileLimit(): number {
  if (limit === null) {
    const soft = /^Max open files +(\d+)/m.exec(processLimits())?.[1];
    limit = soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  }
  return limit;
}

function processLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'latin1');
  } catch {
    return '';
  }
}

/** Maximum connections of the HTTP port, and maximum files that it opens: each response uses one of both. */
export function portLimit(): number {
  return Math.max(4, Math.min(MOST_CONNECTIONS, Math.floor((fileLimit() - FOR_RUNS) / 2)));
}

function requestLimit(wanted: number): number {
  return Math.max(2, Math.min(wanted, Math.floor((fileLimit() - FOR_PROGRAM) / 2)));
}

/** With adaptive concurrency, concurrent name lookups use files too. */
export function requestLimits(wanted: Concurrency): Concurrency {
  if (typeof wanted === 'number') return requestLimit(wanted);
  const least = requestLimit(wanted.least);
  const allowed = Math.floor((fileLimit() - FOR_PROGRAM) / 3);
  return { least, most: Math.max(least, Math.min(wanted.most, allowed)) };
}

export function idleLimit(): number {
  return requestLimit(MOST_IDLE);
}
