/** The time by which a run dates what is new: the machine's, unless it jumped since the last run and the publishers' servers know better. */
import type { ResponseHeaders } from '../../model/fetch.js';
import type { Store } from '../../ports/store/store.js';

export interface RunClock {
  /** Of a clock that jumped; null: it did not. */
  readonly warning: string | null;
  /** What the run takes as now for an answer with these headers. */
  timeOf(headers: ResponseHeaders): Date;
  /** Saves by what the next run is judged; at the end of this one. */
  save(): Promise<void>;
}

/** Epoch milliseconds. */
interface KnownTimes {
  /** The newest that was in order. */
  readonly trusted: number;
  /** Of a run after a jump in which no server told the time; null: the last run was none. */
  readonly unconfirmed: number | null;
}

const KNOWN = 'clock';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of a Date. */
const LAST_TIME = 8.64e15;
/** A longer pause between two runs may be one, or a wrong clock; a clock that goes back is always wrong, now or before. */
const PAUSE = 7 * DAY;

export async function readRunClock(store: Pick<Store, 'note' | 'saveMeta'>, now: Date): Promise<RunClock> {
  const known = await readKnownTimes(store);
  const time = now.getTime();
  const save = (times: KnownTimes) => store.saveMeta(KNOWN, JSON.stringify(times));
  const confirmed = known !== null && known.unconfirmed !== null && follows(known.unconfirmed, time);
  if (known === null || follows(known.trusted, time) || confirmed) {
    return { warning: null, timeOf: () => now, save: () => save({ trusted: time, unconfirmed: null }) };
  }
  const { trusted } = known;
  const told: number[] = [];
  return {
    warning: jumpWarning(trusted, time),
    timeOf: ({ date }) => {
      const server = Date.parse(date ?? '');
      // Files tell no time: after a pause, which is likelier, what they hold is as new as it says.
      if (Number.isNaN(server)) return new Date(Math.max(trusted, time));
      told.push(server);
      // A server may be wrong, too: it decides only between what the clock says and said.
      return new Date(Math.max(Math.min(trusted, time), Math.min(server, Math.max(trusted, time))));
    },
    save: () => {
      const server = median(told);
      if (server === null) return save({ trusted, unconfirmed: time });
      // The servers agree with the clock of now: it was the last run's that was wrong, or there was a pause.
      return save({ trusted: follows(server, time) ? time : trusted, unconfirmed: null });
    },
  };
}

function follows(before: number, after: number): boolean {
  return after >= before - HOUR && after - before <= PAUSE;
}

function jumpWarning(trusted: number, time: number): string {
  const days = Math.round(Math.abs(time - trusted) / DAY);
  const [said, was] = [time, trusted].map((moment) => new Date(moment).toISOString());
  const where = time < trusted ? 'behind' : 'ahead of';
  return `the clock says ${said}, ${days} days ${where} the last run (${was}): new articles are dated by the clocks of their servers`;
}

function median(times: readonly number[]): number | null {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? null;
}

/** null: of no run. */
export async function readKnownTimes(store: Pick<Store, 'note'>): Promise<KnownTimes | null> {
  return (await store.note(KNOWN, isKnownTimes)) as KnownTimes | null;
}

function isKnownTimes(value: unknown): boolean {
  const { trusted, unconfirmed } = value as Partial<KnownTimes>;
  const isTime = (time: unknown) => typeof time === 'number' && Math.abs(time) <= LAST_TIME;
  return isTime(trusted) && (unconfirmed === null || isTime(unconfirmed));
}
