/** Fetches the feeds of a new section once to read the categories of their items. Stores nothing. */
import type { CategorizedFeed } from '../../imports/propose-phrases.js';
import { ParseError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import { readByKind } from '../../parse/kinds.js';
import type { DueSource } from '../../pipeline/read/host-queue.js';
import { type ScheduledResponse, scheduleRequests } from '../../pipeline/read/request-scheduler.js';
import { decideRequest } from '../../politeness/decide-request.js';
import { requestLimits } from '../file-limits.js';
import { createFetcher } from '../http-clients.js';
import { machineClock } from '../machine-clock.js';

export interface FetchedCategories {
  readonly feeds: readonly CategorizedFeed[];
  /** Sources that failed or did not return a feed. */
  readonly silent: readonly SourceId[];
}

export interface CategoriesOptions {
  readonly now: Date;
  /** Time limit in milliseconds. Later responses are ignored. */
  readonly withinMs: number;
  readonly signal: AbortSignal;
  start(asked: readonly SourceId[]): void;
  done(id: SourceId): void;
}

/** Requests only feeds in a folder. Rejects with the signal's reason. */
export async function fetchCategories(settings: Settings, options: CategoriesOptions): Promise<FetchedCategories> {
  const { now, withinMs, signal } = options;
  const asked = settings.sources.filter(({ reading, own, topics }) => !reading && !own && topics.length > 0);
  const feeds = new Map<SourceId, CategorizedFeed>();
  const take = async ({ source }: DueSource, answer: ScheduledResponse) => {
    const items = await readCategories(source, answer);
    if (items !== null) feeds.set(source.id, { topics: source.topics, items });
    options.done(source.id);
  };
  const due = asked.flatMap((source) => {
    const decided = decideRequest(null, source, new Map(), now, { force: true, runEvery: null });
    return decided.kind === 'ask' ? [{ source, request: decided.request, failures: 0 }] : [];
  });
  const fetcher = createFetcher(settings);
  options.start(due.map(({ source }) => source.id));
  const limits = { ...settings.fetch, concurrency: requestLimits(settings.fetch.concurrency) };
  const late = AbortSignal.timeout(withinMs);
  try {
    const deps = { fetcher, limits, now, clock: machineClock, signal: AbortSignal.any([signal, late]) };
    await scheduleRequests(due, deps, take);
  } catch (error) {
    if (signal.aborted || !late.aborted) throw error;
  } finally {
    await fetcher.close();
  }
  return {
    feeds: asked.flatMap(({ id }) => feeds.get(id) ?? []),
    silent: asked.map(({ id }) => id).filter((id) => !feeds.has(id)),
  };
}

async function readCategories(
  source: Settings['sources'][number],
  answer: ScheduledResponse,
): Promise<readonly (readonly string[])[] | null> {
  if (answer.kind !== 'fresh') return null;
  const { body, contentType, finalUrl: url } = answer;
  try {
    const { items } = await readByKind(source, { body, contentType, url });
    return items.map(({ categories }) => categories.map(({ label, term }) => label ?? term));
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}
