/** The time by which a run dates what is new: the machine's, unless the publishers' servers agree on another, or it jumped since the last run. */
import type { ResponseHeaders } from '../../model/fetch.js';
import { sharedServer } from '../../politeness/hosts.js';
import type { Store } from '../../ports/store/store.js';

export interface RunClock {
  /** Of a clock that jumped; null: it did not. */
  readonly warning: string | null;
  /** Notes what time it is for a server, `passed` milliseconds after the beginning of the run. */
  hear(url: string, headers: ResponseHeaders, passed: number): void;
  /** Whether enough servers go by this clock: no answer need wait for what others say. */
  isConfirmed(): boolean;
  /** What the servers make of the time of the run, and where it is another, a warning. */
  agreed(): { readonly now: Date; readonly warning: string | null };
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

/** Servers are a few seconds apart, and some minutes where a cache keeps its age to itself. */
const APART = 15 * 60_000;
/** One server may be wrong. */
const FEWEST = 2;

export async function readRunClock(store: Pick<Store, 'note' | 'saveMeta'>, now: Date): Promise<RunClock> {
  const known = await readKnownTimes(store);
  const time = now.getTime();
  const confirmed = known !== null && known.unconfirmed !== null && follows(known.unconfirmed, time);
  const trusted = known === null || follows(known.trusted, time) || confirmed ? null : known.trusted;
  const told: number[] = [];
  /** By server: by how many milliseconds this clock is ahead of it. */
  const ahead = new Map<string, number>();
  const offset = () => agreedOffset([...ahead.values()]);
  const isConfirmed = () => [...ahead.values()].filter((by) => Math.abs(by) <= APART).length >= FEWEST;
  const isKnown = () => trusted === null || offset() !== 0 || isConfirmed();
  const timesAfter = (): KnownTimes => {
    if (trusted === null || isKnown()) return { trusted: time - offset(), unconfirmed: null };
    const server = median(told);
    if (server === null) return { trusted, unconfirmed: time };
    // The servers agree with the clock of now: it was the last run's that was wrong, or there was a pause.
    return { trusted: follows(server, time) ? time : trusted, unconfirmed: null };
  };
  return {
    warning: trusted === null ? null : jumpWarning(trusted, time),
    hear: (url, { date, age }, passed) => {
      const server = Date.parse(date ?? '') + Number(age ?? 0) * 1000;
      if (!Number.isNaN(server)) ahead.set(sharedServer(url), time + passed - server);
    },
    isConfirmed,
    agreed: () => {
      const agreed = new Date(time - offset());
      return { now: agreed, warning: trusted !== null || offset() === 0 ? null : wrongWarning(now, agreed) };
    },
    timeOf: ({ date }) => {
      if (trusted === null || isKnown()) return new Date(time - offset());
      const server = Date.parse(date ?? '');
      // Files tell no time: after a pause, which is likelier, what they hold is as new as it says.
      if (Number.isNaN(server)) return new Date(Math.max(trusted, time));
      told.push(server);
      // A server may be wrong, too: it decides only between what the clock says and said.
      return new Date(Math.max(Math.min(trusted, time), Math.min(server, Math.max(trusted, time))));
    },
    save: () => store.saveMeta(KNOWN, JSON.stringify(timesAfter())),
  };
}

/** In whole seconds, as a run's time is. 0: most do not agree with each other, or they do with this clock. */
function agreedOffset(ahead: readonly number[]): number {
  const middle = median(ahead) ?? 0;
  const agree = ahead.filter((by) => Math.abs(by - middle) <= APART).length;
  const isAgreed = agree >= FEWEST && agree * 2 > ahead.length && Math.abs(middle) > APART;
  return isAgreed ? Math.round(middle / 1000) * 1000 : 0;
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

function wrongWarning(now: Date, agreed: Date): string {
  return `the clock says ${now.toISOString()}, but the publishers' servers agree on ${agreed.toISOString()}: new articles are dated by the clocks of their servers`;
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
