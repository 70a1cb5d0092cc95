/** What time it is for the servers that a run asks. */
import type { ResponseHeaders } from '../model/fetch.js';
import { sharedServer } from './hosts.js';

/** Milliseconds: servers are a few seconds apart, and some minutes where a cache keeps its age to itself. */
const APART = 15 * 60_000;
/** One server may be wrong. */
const FEWEST = 2;
/** Milliseconds that no clock is wrong by. */
const NO_TIME = 4e15;

export class ServerTimes {
  /** By server: by how many milliseconds this clock is ahead of it. */
  readonly #ahead = new Map<string, number>();

  /** `now`: of the run, by the machine's clock. */
  constructor(private readonly now: Date) {}

  /** Notes what an answer says, `passed` milliseconds after the beginning of the run. */
  hear(url: string, { date, age }: ResponseHeaders, passed: number): void {
    const by = this.now.getTime() + passed - Date.parse(date ?? '');
    // Caches give their own time beside the age of what they kept, or the time of then: it is one of the two, or between.
    const ahead = by > 0 ? Math.max(0, by - (Number(age ?? 0) || 0) * 1000) : by;
    if (Math.abs(ahead) < NO_TIME) this.#ahead.set(sharedServer(url), ahead);
  }

  /**
   * That most servers, of two owners at least, agree on another time; null: they do not. It is told and no more: who has two feeds
   * would else set the clock of a run in which no others are due.
   */
  contradiction(): string | null {
    const all = [...this.#ahead.values()].sort((a, b) => a - b);
    const middle = all[all.length >> 1] ?? 0;
    const agree = all.filter((by) => Math.abs(by - middle) <= APART).length;
    if (agree < FEWEST || agree * 2 <= all.length || Math.abs(middle) <= APART) return null;
    const theirs = new Date(this.now.getTime() - 1000 * Math.round(middle / 1000));
    return `the clock says ${this.now.toISOString()}, but the publishers' servers agree on ${theirs.toISOString()}: set it, since news without a date are dated by it`;
  }
}
