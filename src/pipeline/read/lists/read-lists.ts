/** Fetches due lists (`kind: opml`) with the same politeness as feeds. An unreadable list keeps its last known content. */
import { createHash } from 'node:crypto';
import { ParseError } from '../../../model/errors.js';
import { type FetchState, isPaused, type Source, type SourceId } from '../../../model/source.js';
import type { KnownList, SourceList } from '../../../model/source-list.js';
import { applyFailure, applyFresh, applyNotModified, type FetchFailure } from '../../../politeness/after-fetch.js';
import { decideRequest, resolveState } from '../../../politeness/decide-request.js';
import type { CurrentRun, RunContext } from '../../run-context.js';
import { createCleanContext } from '../changed-items.js';
import { type Ingested, NO_NEWS } from '../ingest-result.js';
import { type ScheduledResponse, scheduleRequests } from '../request-scheduler.js';
import { passRefusal } from '../state-batch.js';
import { updateKnownList } from './known-list.js';
import { isList } from './listed-sources.js';

export interface ReadList {
  readonly id: SourceId;
  readonly result: Ingested;
}

/** Resolves with the result for each requested list. */
export async function readLists(context: RunContext, current: CurrentRun): Promise<readonly ReadList[]> {
  const { settings, store, clock, reading } = context;
  const { options, pacing, signal } = current;
  const lists = settings.sources.filter(isList);
  if (lists.length === 0) return [];
  const states = await store.fetchStates();
  const hosts = new Map((await store.hosts()).map((host) => [host.host, host]));
  const due = lists.flatMap((source) => {
    if (isPaused(source, options.now) || (options.only !== null && !options.only.has(source.id))) return [];
    const state = states.get(source.id) ?? null;
    const decision = decideRequest(state, source, hosts, options.now, { force: options.force, runEvery: null });
    return decision.kind === 'ask' ? [{ source, request: decision.request, failures: state?.failures ?? 0 }] : [];
  });
  const read: ReadList[] = [];
  const fresh = new Map<SourceId, FreshList>();
  const keep = async (id: SourceId, result: Ingested) => {
    await store.saveFetch(result.state, null).catch(passRefusal);
    read.push({ id, result });
  };
  await scheduleRequests(
    due,
    { fetcher: reading.fetcher, limits: settings.fetch, now: options.now, clock, pacing, signal },
    async ({ source }, answer) => {
      if (answer.kind === 'rate-limited') return;
      const result = await readAnswer(source, states.get(source.id) ?? null, answer, { context, now: options.now });
      if ('found' in result) {
        fresh.set(source.id, result);
        return;
      }
      if (result.host !== null) await store.saveHosts([result.host]);
      await keep(source.id, result);
    },
  );
  for (const { id, result } of assignListedIds(lists, fresh, states, context)) await keep(id, result);
  return read;
}

/** A fresh list with sources that have no ids yet. */
interface FreshList {
  readonly result: Ingested;
  readonly before: KnownList | null;
  readonly found: SourceList;
}

/** Assigns ids in config order, regardless of response order, because the order decides which source gets the shorter id. */
function assignListedIds(
  lists: readonly Source[],
  fresh: ReadonlyMap<SourceId, FreshList>,
  states: ReadonlyMap<SourceId, FetchState>,
  { settings }: RunContext,
): ReadList[] {
  const taken = new Set(settings.sources.map(({ id }) => id));
  const known = new Map(lists.map(({ id }) => [id, states.get(id)?.list ?? null]));
  return lists.flatMap(({ id }) => {
    const one = fresh.get(id);
    if (one === undefined) return [];
    known.delete(id);
    const others = [...known.values()].flatMap((other) => other?.sources ?? []);
    const list = updateKnownList(one.before, one.found, { taken, others });
    known.set(id, list);
    return { id, result: { ...one.result, state: { ...one.result.state, list } } };
  });
}

type Answer = Exclude<ScheduledResponse, { kind: 'rate-limited' }>;

async function readAnswer(
  source: Source,
  state: FetchState | null,
  answer: Answer,
  { context: { settings, reading }, now }: { readonly context: RunContext; readonly now: Date },
): Promise<Ingested | FreshList> {
  if (answer.kind === 'failed') return toFailedList(source, state, answer, now);
  const before = resolveState(state, source);
  const body = answer.kind === 'fresh' ? answer.body : null;
  const bodyHash = body === null ? before.bodyHash : createHash('sha256').update(body).digest('hex');
  if (answer.kind === 'not-modified' || bodyHash === before.bodyHash)
    return createListResult('not-modified', applyNotModified(state, source, answer, now), []);
  try {
    const about = { contentType: answer.contentType, url: answer.finalUrl };
    const context = createCleanContext(source, before, answer, settings.credits);
    const document = await reading.reader.read({ body: answer.body, about, context, last: null });
    const found = document.list ?? { sources: [], folders: [] };
    const facts = { document, bodyHash: bodyHash!, added: 0, items: 'unknown' as const };
    const next = { ...applyFresh(state, source, answer, facts, now), readAs: source.content, error: null };
    return { result: createListResult('fetched', next, document.warnings), before: state?.list ?? null, found };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return toFailedList(source, state, { ...answer, error }, now);
  }
}

/** Keeps the known sources, even if the list's URL has changed. */
function toFailedList(source: Source, state: FetchState | null, failure: FetchFailure, now: Date): Ingested {
  const { state: next, host } = applyFailure(state, source, failure, now);
  return { ...createListResult('failed', { ...next, ...(state?.list && { list: state.list }) }, []), host };
}

function createListResult(kind: Ingested['kind'], state: FetchState, warnings: readonly string[]): Ingested {
  return { kind, state, host: null, counts: NO_NEWS, visibilityChanged: [], warnings };
}
