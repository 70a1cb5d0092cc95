/** Ten thousand hours (a quarter for every change) of two hundred publications with different habits, each polled as by a worker that runs every minute. */
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/model/article.js';
import type { CleanDocument } from '../../src/model/document.js';
import type { FetchResult, ResponseHeaders } from '../../src/model/fetch.js';
import type { FetchState, HostState, Source, Validators } from '../../src/model/source.js';
import { applyFailure, applyFresh, applyNotModified } from '../../src/politeness/after-fetch.js';
import { decideRequest } from '../../src/politeness/decide-request.js';
import { aDocument } from '../support/a-draft.js';
import { a304, aFailure, aFresh, aSource } from '../support/sources.js';
import { isThorough } from '../support/thorough.js';

const HOURS = isThorough ? 10_000 : 2_500;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5);
const END = START + HOURS * HOUR;
/** Items in a document. */
const WINDOW = 20;

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The server of a publication. */
interface Habit {
  readonly name: string;
  /** Minutes between two articles; 0: it never posts again. */
  readonly gap: number;
  /** Posts at its gap exactly. */
  readonly regular?: true;
  readonly every?: number;
  readonly ttlMinutes?: number;
  readonly maxAge?: number;
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly string[];
  /** Retry-After in minutes, sent once a week. */
  readonly refuses?: number;
  /** Answers 500 for one week in four. */
  readonly breaks?: true;
  /** Number of the two hundred with this habit. */
  readonly count: number;
  /** Maximum number of requests a day. */
  readonly most: number;
}

const HABITS: readonly Habit[] = [
  { name: 'wire', count: 2, gap: 4, regular: true, most: 37 },
  { name: 'ticker', count: 3, gap: 20, regular: true, most: 25 },
  { name: 'hourly', count: 3, gap: 60, regular: true, most: 25 },
  { name: 'daily-paper', count: 6, gap: 180, regular: true, most: 17 },
  { name: 'magazine', count: 60, gap: DAY / MINUTE, regular: true, most: 3 },
  { name: 'weekly', count: 40, gap: (7 * DAY) / MINUTE, regular: true, most: 4 },
  { name: 'monthly', count: 25, gap: (31 * DAY) / MINUTE, regular: true, most: 4 },
  { name: 'asleep', count: 35, gap: 0, most: 2 },
  { name: 'uneven', count: 5, gap: 300, most: 25 },
  { name: 'ttl', count: 5, gap: 60, ttlMinutes: 240, most: 6 },
  { name: 'max-age', count: 5, gap: 60, maxAge: 6 * 3600, most: 4 },
  { name: 'nights-off', count: 2, gap: 60, skipHours: [22, 23, 0, 1, 2, 3, 4, 5], most: 17 },
  { name: 'weekends-off', count: 2, gap: 120, skipDays: ['Saturday', 'Sunday'], most: 25 },
  { name: 'strict', count: 2, gap: 60, refuses: 300, most: 25 },
  { name: 'shaky', count: 2, gap: 60, breaks: true, most: 25 },
  { name: 'wished-2h', count: 2, gap: 60, every: 120, most: 13 },
  { name: 'wished-30m', count: 1, gap: 60, every: 30, most: 49 },
];

class Publication {
  readonly source: Source;
  readonly #seed: number;
  #version = -1;
  #etag = '';
  #refusedUntil = 0;

  constructor(
    readonly habit: Habit,
    index: number,
  ) {
    const url = `https://${habit.name}-${index}.example/feed`;
    this.source = aSource({ id: `${habit.name}-${index}`, url, every: habit.every ?? null });
    this.#seed = index * 7919 * MINUTE;
  }

  /** Publication time of its nth newest article at `now`. */
  posted(now: number, n = 0): number {
    const gap = this.habit.gap * MINUTE;
    if (gap === 0) return START - (60 + n) * DAY;
    const slot = Math.floor((now - this.#seed) / gap) - n;
    const at = slot * gap + this.#seed;
    const swing = this.habit.regular ? 0 : Math.abs(Math.sin(slot)) * gap * 0.9;
    return at - swing;
  }

  answer(now: number, sent: Validators | null): FetchResult {
    const { habit, source } = this;
    if (habit.breaks && Math.floor((now - START) / (7 * DAY)) % 4 === 2) return aFailure(500, { finalUrl: source.url });
    if (
      habit.refuses &&
      (now < this.#refusedUntil || ((now - START) % (7 * DAY) < 5 * HOUR && now >= this.#refusedUntil + DAY))
    ) {
      if (now >= this.#refusedUntil) this.#refusedUntil = now + habit.refuses * MINUTE;
      const headers = { 'retry-after': String(Math.ceil((this.#refusedUntil - now) / 1000)) };
      return aFailure(429, { finalUrl: source.url, headers });
    }
    const headers: ResponseHeaders = habit.maxAge ? { 'cache-control': `max-age=${habit.maxAge}` } : {};
    const version = this.posted(now);
    if (version !== this.#version) {
      this.#version = version;
      this.#etag = `"${version}"`;
    }
    const validators = { url: source.url, etag: this.#etag, lastModified: null };
    if (sent?.etag === this.#etag) return a304({ finalUrl: source.url, headers, validators });
    return aFresh({ finalUrl: source.url, headers, validators });
  }

  get refusedUntil(): number {
    return this.#refusedUntil;
  }

  document(now: number): CleanDocument {
    const { ttlMinutes = null, skipHours = [], skipDays = [] } = this.habit;
    // Politeness only uses the dates of the items.
    const drafts = Array.from({ length: WINDOW }, (_, n) => ({ claimedPublishedAt: new Date(this.posted(now, n)) }));
    return { ...EMPTY, drafts: drafts as unknown as readonly Draft[], ttlMinutes, skipHours, skipDays };
  }
}

const EMPTY = aDocument([]);

interface Verdict {
  requests: number;
  /** Requests closer together than the rules allow, in skipped hours, inside a Retry-After, or without a condition. */
  readonly faults: string[];
  mostADay: number;
  /** Longest time until an article was seen, in minutes. */
  latest: number;
}

/** Simulates one publication minute by minute, skipping minutes without a request. */
function live(publication: Publication): Verdict {
  const { source, habit } = publication;
  const verdict: Verdict = { requests: 0, faults: [], mostADay: 0, latest: 0 };
  const hosts = new Map<string, HostState>();
  const days = new Map<number, number>();
  let state: FetchState | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let lastGood: number | null = null;
  for (let now = START; now < END; ) {
    const at = new Date(now);
    const asking = decideRequest(state, source, hosts, at, { force: false, runEvery: 1 });
    if (asking.kind === 'wait') {
      now = Math.max(now + MINUTE, START + Math.ceil((asking.until.getTime() - START) / MINUTE) * MINUTE);
      continue;
    }
    if (now < publication.refusedUntil) verdict.faults.push(`inside a Retry-After at ${at.toISOString()}`);
    if (lastGood !== null && asking.request.validators === null)
      verdict.faults.push(`unconditional at ${at.toISOString()}`);
    if (now - last < leastGap(habit)) verdict.faults.push(`after ${(now - last) / MINUTE} min at ${at.toISOString()}`);
    if (last > 0 && isOff(habit, at)) verdict.faults.push(`in skipped time at ${at.toISOString()}`);
    verdict.requests++;
    const day = Math.floor((now - START) / DAY);
    days.set(day, (days.get(day) ?? 0) + 1);
    const answer = publication.answer(now, asking.request.validators);
    if (answer.kind === 'failed') {
      const result = applyFailure(state, source, answer, at);
      state = result.state;
      if (result.host !== null) hosts.set(result.host.host, result.host);
    } else {
      if (lastGood !== null) {
        // The oldest new article of this visit waited longest.
        const unseen = firstAfter(publication, lastGood, now);
        if (unseen !== null) verdict.latest = Math.max(verdict.latest, (now - unseen) / MINUTE);
      }
      lastGood = now;
      const facts = { bodyHash: String(now), added: 1, items: 'known' as const };
      state =
        answer.kind === 'fresh'
          ? applyFresh(state, source, answer, { ...facts, document: publication.document(now) }, at)
          : applyNotModified(state, source, answer, at);
    }
    last = now;
    now += MINUTE;
  }
  verdict.mostADay = Math.max(...days.values());
  return verdict;
}

/** Minimum time between two requests in any case, in milliseconds. */
function leastGap(habit: Habit): number {
  const own = Math.max(habit.ttlMinutes ?? 0, (habit.maxAge ?? 0) / 60, habit.every ?? 0);
  const windowed = (habit.gap * (WINDOW - 1)) / 2;
  const ours = habit.every ? 5 : habit.gap === 0 ? 60 : Math.min(60, Math.max(15, windowed));
  return Math.max(own, ours) * MINUTE;
}

function isOff(habit: Habit, at: Date): boolean {
  const day = DAYS[at.getUTCDay()]!;
  return Boolean(habit.skipHours?.includes(at.getUTCHours()) || habit.skipDays?.includes(day));
}

/** When the first article after `seen` was published; null: none by `now`. */
function firstAfter(publication: Publication, seen: number, now: number): number | null {
  let first: number | null = null;
  for (let n = 0; n < 5_000; n++) {
    const at = publication.posted(now, n);
    if (at <= seen) break;
    first = at;
  }
  return first;
}

describe(`${HOURS} hours of two hundred sources`, () => {
  const publications = HABITS.flatMap((habit) => Array.from({ length: habit.count }, () => habit)).map(
    (habit, i) => new Publication(habit, i),
  );
  const played = publications.map((publication) => ({ publication, verdict: live(publication) }));

  it('have no early request, no unconditional repeat, and none in a Retry-After period or a skipped hour', () => {
    const faults = played.flatMap(({ publication, verdict }) =>
      verdict.faults.map((fault) => `${publication.source.id} ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('request each source at most as often as its rules allow, and at least daily, except on skipped days', () => {
    for (const { publication, verdict } of played) {
      expect(verdict.mostADay, publication.source.id).toBeLessThanOrEqual(publication.habit.most);
      const days = (HOURS / 24) * (publication.habit.skipDays ? 5 / 7 : publication.habit.breaks ? 3 / 4 : 1);
      expect(verdict.requests, publication.source.id).toBeGreaterThan(days * 0.9);
    }
  });

  it('see the newest article of a regular poster within its gap or 66 minutes, whichever is longer', () => {
    const regular = played.filter(({ publication }) => publication.habit.regular);
    expect(regular.length).toBeGreaterThan(100);
    expect(publications).toHaveLength(200);
    for (const { publication, verdict } of regular) {
      expect(verdict.latest, publication.source.id).toBeLessThanOrEqual(Math.max(publication.habit.gap, 66));
      expect(verdict.latest, publication.source.id).toBeGreaterThan(0);
    }
  });

  it('request inactive sources less often than active ones', () => {
    const mean = (name: string) => {
      const those = played.filter(({ publication }) => publication.habit.name === name);
      return those.reduce((sum, { verdict }) => sum + verdict.requests, 0) / those.length;
    };
    expect(mean('wire')).toBeGreaterThan(mean('hourly'));
    expect(mean('hourly')).toBeGreaterThan(mean('daily-paper'));
    expect(mean('daily-paper')).toBeGreaterThan(mean('magazine'));
    expect(mean('asleep')).toBeLessThan(0.06 * mean('hourly'));
  });
});
