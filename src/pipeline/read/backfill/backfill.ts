/** Reads older documents of a feed, one at a time, and stores their articles. Can be resumed. */
import { createHash } from 'node:crypto';
import { ParseError } from '../../../model/errors.js';
import type { FetchResult } from '../../../model/fetch.js';
import type { Settings } from '../../../model/settings.js';
import type { FetchState, Source } from '../../../model/source.js';
import { toFeedKey } from '../../../model/source-feeds.js';
import { decideRequest, resolveState } from '../../../politeness/decide-request.js';
import { createOthersNames } from '../../facts/names-of-others.js';
import { createSiteOwnership } from '../../facts/site-ownership.js';
import type { ReadingTools, RunContext } from '../../run-context.js';
import type { SourceResponse } from '../changed-items.js';
import { HostPacing } from '../host-pacing.js';
import { queueKey } from '../host-queue.js';
import { type ScheduledResponse, scheduleRequests } from '../request-scheduler.js';
import { createAgeCheck } from './full-heads.js';
import { findOlderPage } from './older-page.js';
import { type TakenPage, type TakePageDeps, takePage } from './take-page.js';
import { hasUnpublishedBackfill, noteUnpublishedBackfill } from './unpublished-backfill.js';

export interface BackfillOptions {
  readonly since: Date;
  /** Maximum number of documents to request. */
  readonly pages: number;
  readonly now: Date;
}

export interface BackfillReport {
  readonly pages: number;
  readonly added: number;
  readonly known: number;
  readonly undated: number;
  readonly tooNew: number;
  /**
   * `date`: reached the requested date; `end`: no older document known; `limit`: reached `pages`; `failed`: see `error`. After the last
   * two, the next call resumes there.
   */
  readonly ended: 'date' | 'end' | 'limit' | 'failed';
  readonly error: string | null;
}

type Progress = Omit<BackfillReport, 'ended' | 'error'> & { readonly items: number };

/** Where to resume. */
interface BackfillNote {
  readonly url: string;
  readonly pages: number;
  readonly items: number;
}

export interface BackfillDeps extends Pick<RunContext, 'store' | 'clock' | 'tagging'> {
  readonly settings: Pick<Settings, 'site' | 'sources' | 'credits' | 'publish' | 'fetch'>;
  readonly reading: Pick<ReadingTools, 'fetcher' | 'reader' | 'readerVersion'>;
}

/** Articles per call, which are organized together. */
const MOST_ARTICLES = 5000;
/** Consecutive documents without new items before stopping. Some servers repeat the first page. */
const MOST_EMPTY = 3;

/**
 * Requires that the source has been read before. Its articles stay pending until the next run and enter no full head. Rejects with
 * `StoreError`, or with the signal's reason.
 */
export async function backfill(
  source: Source,
  deps: BackfillDeps,
  options: BackfillOptions,
  signal: AbortSignal,
): Promise<BackfillReport> {
  const { store } = deps;
  const state = resolveState((await store.fetchStates()).get(toFeedKey(source)) ?? null, source);
  const feed: BackfilledFeed = {
    source,
    state,
    url: state.adoptedUrl ?? source.url,
    request: await createRequester(source, state, deps, { now: options.now, signal }),
    take: await createTakeDeps(source, deps, options),
  };
  return await new Backfill(feed, store, options, await readNote(store, toFeedKey(source))).run();
}

interface BackfilledFeed {
  readonly source: Source;
  readonly state: FetchState;
  readonly url: string;
  readonly request: RequestPage;
  readonly take: TakePageDeps;
}

type Ended = Pick<BackfillReport, 'ended' | 'error'>;

const NOTHING_OLDER: Ended = { ended: 'end', error: null };

class Backfill {
  #progress: Progress;
  /** The next document. */
  #url: string;
  /** Documents read so far, including earlier calls. The feed itself is the first. */
  #pages: number;
  #emptyPages = 0;
  readonly #bodies = new Set<string>();
  readonly #names = new Set<string>();

  constructor(
    private readonly feed: BackfilledFeed,
    private readonly store: BackfillDeps['store'],
    private readonly options: BackfillOptions,
    note: BackfillNote | null,
  ) {
    this.#progress = { pages: 0, added: 0, known: 0, undated: 0, tooNew: 0, items: note?.items ?? 0 };
    this.#url = note?.url ?? feed.url;
    this.#pages = note?.pages ?? 0;
  }

  async run(): Promise<BackfillReport> {
    const wasUnpublished = await hasUnpublishedBackfill(this.store);
    await noteUnpublishedBackfill(this.store, true);
    const { ended, error } = await this.#walk();
    if (this.#progress.added === 0 && !wasUnpublished) await noteUnpublishedBackfill(this.store, false);
    await this.#saveNote((ended === 'failed' || ended === 'limit') && this.#pages > 0);
    const { items: _, ...report } = this.#progress;
    return { ...report, ended, error };
  }

  async #walk(): Promise<Ended> {
    while (this.#progress.pages < this.options.pages && this.#progress.added < MOST_ARTICLES) {
      const ended = await this.#readPage();
      if (ended !== null) return ended;
      await this.#saveNote(true);
    }
    return { ended: 'limit', error: null };
  }

  /** null: continue with `#url`. */
  async #readPage(): Promise<Ended | null> {
    const { source, state, url: feedUrl, request: ask, take } = this.feed;
    const isFeed = this.#pages === 0;
    const answer = await ask(this.#url);
    if (answer.kind === 'failed' && !isFeed && (answer.status === 404 || answer.status === 410)) return NOTHING_OLDER;
    if (answer.kind !== 'fresh') return { ended: 'failed', error: describeAnswer(answer) };
    if (this.#isRepeated(answer.body)) return NOTHING_OLDER;
    const taken = await tryTakePage({ source, before: state, answer }, take, isFeed);
    if (typeof taken === 'string') return isFeed ? { ended: 'failed', error: taken } : NOTHING_OLDER;
    this.#count(taken);
    if (taken.reachedSince) return { ended: 'date', error: null };
    const page = { ...taken, url: answer.finalUrl, body: answer.body };
    const older = findOlderPage(page, feedUrl, this.#pages, this.#progress.items);
    if (older === null || older === this.#url || this.#emptyPages >= MOST_EMPTY) return NOTHING_OLDER;
    this.#url = older;
    return null;
  }

  #isRepeated(body: Uint8Array): boolean {
    const digest = createHash('sha256').update(body).digest('base64url');
    return this.#bodies.has(digest) || !this.#bodies.add(digest);
  }

  #count(taken: TakenPage): void {
    this.#pages += 1;
    this.#progress = addCounts(this.#progress, taken);
    this.#emptyPages = taken.names.every((name) => this.#names.has(name)) ? this.#emptyPages + 1 : 0;
    for (const name of taken.names) this.#names.add(name);
  }

  /** Stores where the next call resumes. */
  async #saveNote(goesOn: boolean): Promise<void> {
    const note: BackfillNote = { url: this.#url, pages: this.#pages, items: this.#progress.items };
    await this.store.saveMeta(getNoteKey(toFeedKey(this.feed.source)), goesOn ? JSON.stringify(note) : null);
  }
}

/** Returns the message of a ParseError. */
async function tryTakePage(response: SourceResponse, deps: TakePageDeps, isFeed: boolean): Promise<TakenPage | string> {
  try {
    return await takePage(response, deps, isFeed);
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}

function addCounts(before: Progress, { added, known, undated, tooNew, items }: TakenPage): Progress {
  return {
    pages: before.pages + 1,
    added: before.added + added,
    known: before.known + known,
    undated: before.undated + undated,
    tooNew: before.tooNew + tooNew,
    items: before.items + items,
  };
}

async function createTakeDeps(
  source: Source,
  deps: BackfillDeps,
  { now, since }: BackfillOptions,
): Promise<TakePageDeps> {
  const { store, settings, tagging } = deps;
  const { reader, readerVersion } = deps.reading;
  const states = await store.fetchStates();
  const ownership = createSiteOwnership(settings.sources, states);
  return {
    store,
    reading: { read: reader.read, readerVersion, credits: settings.credits },
    tagging,
    ownership,
    othersNames: createOthersNames(settings, states, ownership),
    isOldEnough: await createAgeCheck(store, source.id, settings.publish.items),
    now,
    since,
  };
}

type RequestPage = (url: string) => Promise<ScheduledResponse>;

/** Spaces all requests, including the first, because the source may have been requested just before. */
async function createRequester(
  source: Source,
  state: FetchState,
  { store, settings, clock, reading: { fetcher } }: BackfillDeps,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<RequestPage> {
  const pacing = new HostPacing();
  const hosts = new Map((await store.hosts()).map((host) => [host.host, host]));
  for (const [name, host] of hosts) pacing.coolDowns.set(name, host);
  pacing.openAt.set(queueKey(state.adoptedUrl ?? source.url), clock.elapsed() + settings.fetch.spacingMs);
  const plain = decideRequest({ ...state, validators: null }, source, new Map(), now, { force: true, runEvery: null });
  if (plain.kind !== 'ask') throw new Error('a forced request must be due');
  return async (url) => {
    const due = [{ source, request: { ...plain.request, url, validators: null }, failures: 0 }];
    let answer: ScheduledResponse | null = null;
    const keep = async (_: unknown, found: ScheduledResponse) => {
      answer = found;
    };
    await scheduleRequests(due, { fetcher, limits: settings.fetch, now, clock, pacing, signal }, keep);
    await store.saveHosts([...pacing.coolDowns.values()].filter(({ host }) => !hosts.has(host)));
    return answer!;
  };
}

function describeAnswer(
  answer: Exclude<FetchResult, { kind: 'fresh' }> | Extract<ScheduledResponse, { kind: 'rate-limited' }>,
): string {
  if (answer.kind === 'failed') return answer.error.message;
  return answer.kind === 'rate-limited'
    ? `the host asked us to wait until ${answer.until.toISOString()}`
    : 'the server sent 304 to an unconditional request';
}

function getNoteKey(feedId: string): string {
  return `backfill ${feedId}`;
}

async function readNote(store: BackfillDeps['store'], feedId: string): Promise<BackfillNote | null> {
  return await store.readJson<BackfillNote>(getNoteKey(feedId));
}
