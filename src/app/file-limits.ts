/** How many files this process may have open, and how runs and the HTTP port share them. */
import { readFileSync } from 'node:fs';
import type { Concurrency } from '../model/settings.js';

/** A run needs connections, the store, files that it writes and pipes to its threads. */
const FOR_RUNS = 128;
/** What the program itself has open, with some room. */
const FOR_PROGRAM = 40;
const MOST_CONNECTIONS = 500;
const MOST_IDLE = 256;

let limit: number | null = null;

/** `ulimit -n`; Node has raised the soft limit to the hard one, which is none where there is no such file. */
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

/** Connections that the HTTP port accepts at once, and files that it has open: each response is one of both. */
export function portLimit(): number {
  return Math.max(4, Math.min(MOST_CONNECTIONS, Math.floor((fileLimit() - FOR_RUNS) / 2)));
}

/** Of so many requests to sources at once, those that there are files for. */
function requestLimit(wanted: number): number {
  return Math.max(2, Math.min(wanted, Math.floor((fileLimit() - FOR_PROGRAM) / 2)));
}

/** Where their number follows the machine, names are looked up for many at once, which takes files too. */
export function requestLimits(wanted: Concurrency): Concurrency {
  if (typeof wanted === 'number') return requestLimit(wanted);
  const least = requestLimit(wanted.least);
  const allowed = Math.floor((fileLimit() - FOR_PROGRAM) / 3);
  return { least, most: Math.max(least, Math.min(wanted.most, allowed)) };
}

/** Connections that are kept for another request. */
export function idleLimit(): number {
  return requestLimit(MOST_IDLE);
}
