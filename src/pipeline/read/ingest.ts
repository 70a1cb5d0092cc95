/** Ingests the response for one source into the store. */
import { createHash } from 'node:crypto';
import { countStillMissing } from '../../identity/vanished.js';
import { type NewsloomError, ParseError } from '../../model/errors.js';
import type { FetchResult } from '../../model/fetch.js';
import type { FetchState, Source } from '../../model/source.js';
import { applyFailure, applyNotModified, type FetchFailure } from '../../politeness/after-fetch.js';
import { canTakeWaiting } from '../../politeness/daily-news.js';
import { resolveState } from '../../politeness/decide-request.js';
import { digestRequestSettings } from '../../politeness/request-settings.js';
import { findCarriedElsewhere } from './carried-elsewhere.js';
import { type IngestDeps, type Ingested, NO_NEWS, TOO_MANY } from './ingest-result.js';
import { hideFilePath } from './own-posts.js';
import { noChanges, toWithdrawals } from './source-changes.js';
import { isRefusedBySource, passRefusal } from './state-batch.js';
import { selectWithdrawable } from './withdrawal-rights.js';

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
  if (answer.kind === 'failed') return await ingestFailure(source, state, hideFilePath(source, answer), deps);
  if (answer.kind === 'not-modified') return await ingestUnchanged(source, state, answer, deps);
  try {
    const bodyHash = answer.bodyHash ?? createHash('sha256').update(answer.body).digest('hex');
    const before = resolveState(state, source);
    if (before.bodyHash === bodyHash && !canTakeWaiting(before, source.perDay, deps.now))
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
  const before = resolveState(state, source);
  const missing = before.lastRead.filter((entry) => entry.missing > 0).map(({ ref }) => ref);
  const elsewhere = await findCarriedElsewhere(missing, source, deps);
  const gone = countStillMissing(before.lastRead, (ref) => elsewhere.has(ref));
  const next: FetchState = {
    ...applyNotModified(state, source, answer, deps.now),
    lastRead: gone.lastRead,
    error: before.newsWaitsUntil === null || source.own !== undefined ? null : TOO_MANY,
  };
  const withdrawn = source.withdrawn === 'keep' ? [] : await selectWithdrawable(gone.withdrawn, source.id, deps);
  if (withdrawn.length === 0) await deps.unchangedStates.add(next);
  else {
    const changes = {
      ...noChanges(deps.tagging.fingerprint),
      withdrawn: toWithdrawals(withdrawn, source, deps.now),
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
  const { state: failed, host } = applyFailure(state, source, failure, deps.now);
  const next = { ...failed, errorSettings: digestRequestSettings(source, deps.limits) };
  await deps.store.saveFetch(next, null).catch(passRefusal);
  return { kind: 'failed', state: next, host, counts: NO_NEWS, visibilityChanged: [], warnings: [] };
}
