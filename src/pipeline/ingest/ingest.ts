/** One source, from its server into our store. Between the awaits, everything is pure. */
import { createHash } from 'node:crypto';
import { type Before, type Identified, identify, type UnchangedItem } from '../../identity/identify.js';
import { stillMissing } from '../../identity/vanished.js';
import type { ArticleRef } from '../../model/article.js';
import { NewsloomError, ParseError } from '../../model/errors.js';
import type { FetchResult } from '../../model/fetch.js';
import type { FetchState, HostState, Source } from '../../model/source.js';
import { afterFailure, afterFresh, afterNotModified } from '../../politeness/answer.js';
import { currentState } from '../../politeness/ask.js';
import { scheduleWarning } from '../../politeness/schedule.js';
import type { Tagging } from '../organize/tagging.js';
import { type ChangedItemsDeps, type FreshResponse, readChangedItems } from './changed-items.js';
import { snapshotOf } from './document-snapshot.js';
import { noChanges, sourceChangesOf, withdrawals } from './source-changes.js';
import { type MayWithdraw, withdrawable } from './withdrawal-rights.js';

export interface IngestDeps extends ChangedItemsDeps {
  readonly tagging: Tagging;
  /** Articles that a source other than this one still carries. */
  readonly isCarriedElsewhere: (source: Source, ref: ArticleRef) => boolean;
  readonly mayWithdraw: MayWithdraw;
  readonly now: Date;
}

export interface Counts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly withdrawn: number;
}

export interface Ingested {
  readonly kind: 'fetched' | 'not-modified' | 'failed';
  readonly state: FetchState;
  /** Where the host asked to be left alone. */
  readonly host: HostState | null;
  readonly counts: Counts;
  /** Articles that were taken back, or are back again. */
  readonly visibilityChanged: readonly ArticleRef[];
  readonly warnings: readonly string[];
}

const NOTHING: Counts = { added: 0, updated: 0, unchanged: 0, skipped: 0, withdrawn: 0 };

/** What an answer means, and what it holds, into the store: state and articles together, for good when the store is flushed. Rejects with `StoreError` alone. */
export async function ingest(
  source: Source,
  state: FetchState | null,
  answer: FetchResult,
  deps: IngestDeps,
): Promise<Ingested> {
  if (answer.kind === 'failed') return failed(source, state, answer, deps);
  if (answer.kind === 'not-modified') return notModified(source, state, answer, deps);
  const bodyHash = createHash('sha256').update(answer.body).digest('hex');
  if (currentState(state, source).bodyHash === bodyHash) {
    return notModified(source, state, answer, deps);
  }
  try {
    return await fresh(source, state, answer, bodyHash, deps);
  } catch (error) {
    if (!(error instanceof NewsloomError) || !error.code.startsWith('PARSE_')) throw error;
    return failed(source, state, { ...answer, error }, deps);
  }
}

async function fresh(
  source: Source,
  state: FetchState | null,
  answer: FreshResponse,
  bodyHash: string,
  deps: IngestDeps,
): Promise<Ingested> {
  const { store, now } = deps;
  const before = currentState(state, source);
  const looked = await readChangedItems(source, before, answer, deps);
  const { document, unchanged, seen, known } = looked;
  if (!document.complete && document.drafts.length + document.skipped === 0) {
    throw new ParseError('PARSE_MALFORMED', 'the document is cut off before its first item ends');
  }
  const found = identify(document, seen, known, beforeOf(source, before, answer, unchanged, deps), now);
  const withdrawn = await withdrawable(found.withdrawn, source, deps);
  const first = found.added.length === 0 ? 0 : await store.reserveRefs(found.added.length);
  const refs = found.added.map((_, i) => first + i);
  const facts = {
    document: { ...document, drafts: [...document.drafts, ...unchanged] },
    bodyHash,
    added: found.added.length,
    items: found.known ? ('known' as const) : ('unknown' as const),
  };
  const next: FetchState = {
    ...afterFresh(state, source, answer, facts, now),
    lastRead: found.lastRead(refs),
    guidsUnusable: found.guidsUnusable,
    readAs: source.content,
  };
  const { fingerprint: topicsFingerprint } = deps.tagging;
  const by = { document, source, tagger: await deps.tagging.load(), topicsFingerprint, now };
  const snapshot = answer.partial ? null : snapshotOf(looked, found, refs, bodyHash);
  await store.saveFetch(next, { ...sourceChangesOf({ ...found, withdrawn }, refs, by), snapshot });
  return {
    kind: 'fetched',
    state: next,
    host: null,
    counts: { ...countsOf(found), skipped: document.skipped, withdrawn: withdrawn.length },
    visibilityChanged: [...withdrawn, ...found.restored],
    warnings: [...found.warnings, ...said(scheduleWarning(next, source))],
  };
}

function countsOf({ added, changed, unchanged }: Identified): Pick<Counts, 'added' | 'updated' | 'unchanged'> {
  const updated = changed.filter(({ revision }) => revision.kind === 'visible').length;
  return { added: added.length, updated, unchanged: unchanged + changed.length - updated };
}

function beforeOf(
  source: Source,
  { lastRead, guidsUnusable }: FetchState,
  { partial }: FreshResponse,
  unchanged: readonly UnchangedItem[],
  deps: IngestDeps,
): Before {
  const { id: sourceId, withdrawn } = source;
  const isCarriedElsewhere = (ref: ArticleRef) => deps.isCarriedElsewhere(source, ref);
  return { sourceId, withdrawn, lastRead, guidsUnusable, partial, isCarriedElsewhere, unchanged };
}

function said(warning: string | null): string[] {
  return warning === null ? [] : [warning];
}

/** RFC 9110 15.4.5: the document is as it was, so what was missing from it is missing again. */
async function notModified(
  source: Source,
  state: FetchState | null,
  answer: Exclude<FetchResult, { kind: 'failed' }>,
  deps: IngestDeps,
): Promise<Ingested> {
  const gone = stillMissing(currentState(state, source).lastRead, (ref) => deps.isCarriedElsewhere(source, ref));
  const next: FetchState = { ...afterNotModified(state, source, answer, deps.now), lastRead: gone.lastRead };
  const withdrawn = source.withdrawn === 'keep' ? [] : await withdrawable(gone.withdrawn, source, deps);
  const changes = { ...noChanges(deps.tagging.fingerprint), withdrawn: withdrawals(withdrawn, source, deps.now) };
  await deps.store.saveFetch(next, withdrawn.length === 0 ? null : changes);
  return {
    kind: answer.kind === 'fresh' ? 'fetched' : 'not-modified',
    state: next,
    host: null,
    counts: { ...NOTHING, withdrawn: withdrawn.length },
    visibilityChanged: withdrawn,
    warnings: [],
  };
}

type Failure = Parameters<typeof afterFailure>[2];

async function failed(source: Source, state: FetchState | null, failure: Failure, deps: IngestDeps): Promise<Ingested> {
  const { state: next, host } = afterFailure(state, source, failure, deps.now);
  await deps.store.saveFetch(next, null);
  return { kind: 'failed', state: next, host, counts: NOTHING, visibilityChanged: [], warnings: [] };
}
