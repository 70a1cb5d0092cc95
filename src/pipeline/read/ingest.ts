/** Ingests the response for one source into the store. */
import { createHash } from 'node:crypto';
import { stillMissing } from '../../identity/vanished.js';
import { type NewsloomError, ParseError } from '../../model/errors.js';
import type { FetchResult } from '../../model/fetch.js';
import type { FetchState, Source } from '../../model/source.js';
import { afterFailure, afterNotModified, type FetchFailure } from '../../politeness/after-fetch.js';
import { mayTakeWaiting } from '../../politeness/daily-news.js';
import { currentState } from '../../politeness/decide-request.js';
import { namedSetting } from '../../politeness/named-setting.js';
import { carriedElsewhere } from './carried-elsewhere.js';
import { type IngestDeps, type Ingested, NO_NEWS, TOO_MANY } from './ingest-result.js';
import { namedFailure } from './own-posts.js';
import { noChanges, withdrawals } from './source-changes.js';
import { isRefusedBySource, passRefusal } from './state-batch.js';
import { withdrawable } from './withdrawal-rights.js';

/**
 * Saves state and articles in one transaction. An unreadable document or refused data counts as a failure of the
 * source. Rejects with `StoreError` if the store itself fails.
 */
export async function ingest(
  source: Source,
  state: FetchState | null,
  answer: FetchResult,
  deps: IngestDeps,
): Promise<Ingested> {
  if (answer.kind === 'failed') return await ingestFailure(source, state, namedFailure(source, answer), deps);
  if (answer.kind === 'not-modified') return await ingestUnchanged(source, state, answer, deps);
  try {
    const bodyHash = answer.bodyHash ?? createHash('sha256').update(answer.body).digest('hex');
    const before = currentState(state, source);
    if (before.bodyHash === bodyHash && !mayTakeWaiting(before, source.perDay, deps.now))
      return await ingestUnchanged(source, state, answer, deps);
    const { ingestFresh } = await import('./ingest-fresh.js');
    return await ingestFresh(source, state, { ...answer, bodyHash }, deps);
  } catch (error) {
    if (!isErrorOfSource(error)) throw error;
    return await ingestFailure(source, state, { ...answer, error }, deps);
  }
}

function isErrorOfSource(error: unknown): error is NewsloomError {
  return error instanceof ParseError || isRefusedBySource(error);
}

/** RFC 9110 15.4.5: the document is unchanged, so its missing items are missing again. */
async function ingestUnchanged(
  source: Source,
  state: FetchState | null,
  answer: Exclude<FetchResult, { kind: 'failed' }>,
  deps: IngestDeps,
): Promise<Ingested> {
  const before = currentState(state, source);
  const missing = before.lastRead.filter((entry) => entry.missing > 0).map(({ ref }) => ref);
  const elsewhere = await carriedElsewhere(missing, source, deps);
  const gone = stillMissing(before.lastRead, (ref) => elsewhere.has(ref));
  const next: FetchState = {
    ...afterNotModified(state, source, answer, deps.now),
    lastRead: gone.lastRead,
    error: before.newsWaitsUntil === null || source.own !== undefined ? null : TOO_MANY,
  };
  const withdrawn = source.withdrawn === 'keep' ? [] : await withdrawable(gone.withdrawn, source.id, deps);
  if (withdrawn.length === 0) await deps.unchangedStates.add(next);
  else {
    const changes = {
      ...noChanges(deps.tagging.fingerprint),
      withdrawn: withdrawals(withdrawn, source, deps.now),
    };
    await deps.store.saveFetch(next, changes);
  }
  return {
    kind: answer.kind === 'fresh' ? 'fetched' : 'not-modified',
    state: next,
    host: null,
    counts: { ...NO_NEWS, withdrawn: withdrawn.length },
    visibilityChanged: withdrawn,
    warnings: [],
  };
}

/** If the store refuses the state, the next run requests the source again. */
async function ingestFailure(
  source: Source,
  state: FetchState | null,
  failure: FetchFailure,
  deps: IngestDeps,
): Promise<Ingested> {
  const { state: failed, host } = afterFailure(state, source, failure, deps.now);
  const next = { ...failed, errorSetting: namedSetting(failure, source, deps.limits) };
  await deps.store.saveFetch(next, null).catch(passRefusal);
  return { kind: 'failed', state: next, host, counts: NO_NEWS, visibilityChanged: [], warnings: [] };
}
