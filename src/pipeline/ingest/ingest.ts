/** Ingests the response for one source into the store. Between the awaits, everything is pure. */
import { createHash } from 'node:crypto';
import { type Identified, identify } from '../../identity/identify.js';
import { matchItems } from '../../identity/match.js';
import { stillMissing } from '../../identity/vanished.js';
import type { ArticleRef } from '../../model/article.js';
import { type NewsloomError, ParseError } from '../../model/errors.js';
import type { FetchResult } from '../../model/fetch.js';
import type { FetchState, HostState, Source, SourceError } from '../../model/source.js';
import { afterFailure, afterFresh, afterNotModified, type FetchFailure } from '../../politeness/after-fetch.js';
import { afterNews, mayTakeWaiting, newsAllowed } from '../../politeness/daily-news.js';
import { currentState } from '../../politeness/decide-request.js';
import { type FetchLimits, namedSetting } from '../../politeness/named-setting.js';
import { scheduleWarning } from '../../politeness/schedule.js';
import type { CompiledRules } from '../../rules/rules.js';
import type { Tagging } from '../organize/tagging.js';
import { type CarriedElsewhereDeps, carriedElsewhere } from './carried-elsewhere.js';
import { type ChangedItemsDeps, type FreshResponse, readChangedItems } from './changed-items.js';
import { snapshotOf } from './document-snapshot.js';
import { takeItems } from './news-limits.js';
import { namedFailure, ownState, withoutAhead } from './own-posts.js';
import { withRestoredHeadlines } from './restored-headlines.js';
import type { RunClock } from './run-clock.js';
import { noChanges, sourceChangesOf, withdrawals } from './source-changes.js';
import { isRefusedBySource, passRefusal, type StateBatch } from './state-batch.js';
import { withdrawable } from './withdrawal-rights.js';

export interface IngestDeps extends ChangedItemsDeps, Pick<CarriedElsewhereDeps, 'carriersOf'> {
  readonly tagging: Tagging;
  /** Loaded on demand. */
  readonly editorRules: () => Promise<CompiledRules>;
  /** Collects the states of sources without changes. */
  readonly unchangedStates: Pick<StateBatch, 'add'>;
  readonly limits: FetchLimits;
  readonly now: Date;
  /** The time by which a response's news are dated. */
  readonly timeOf: RunClock['timeOf'];
}

export interface IngestCounts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly withdrawn: number;
}

export interface Ingested {
  readonly kind: 'fetched' | 'not-modified' | 'failed';
  readonly state: FetchState;
  /** The host's Retry-After period; null: none. */
  readonly host: HostState | null;
  readonly counts: IngestCounts;
  /** Articles that were withdrawn or restored. */
  readonly visibilityChanged: readonly ArticleRef[];
  /** Articles whose text is another now. */
  readonly textChanged: readonly ArticleRef[];
  readonly warnings: readonly string[];
}

/** What the status of a source says whose new articles wait. */
const TOO_MANY: SourceError = {
  code: 'PARSE_LIMIT',
  message: 'more new articles than it may bring in a day (perDay)',
  status: null,
};

export const NO_NEWS: IngestCounts = { added: 0, updated: 0, unchanged: 0, skipped: 0, withdrawn: 0 };

/**
 * Saves the state and the articles of one response, in one transaction. Where the store refuses this source's data, the source counts as
 * failed. Rejects with `StoreError` where the store itself fails.
 */
export async function ingest(
  source: Source,
  state: FetchState | null,
  answer: FetchResult,
  deps: IngestDeps,
): Promise<Ingested> {
  try {
    return await ingestAnswer(source, state, answer, deps);
  } catch (error) {
    if (!isOfSource(error)) throw error;
    return await ingestFailure(source, state, { ...answer, error }, deps);
  }
}

function isOfSource(error: unknown): error is NewsloomError {
  return error instanceof ParseError || isRefusedBySource(error);
}

async function ingestAnswer(
  source: Source,
  state: FetchState | null,
  answer: FetchResult,
  deps: IngestDeps,
): Promise<Ingested> {
  if (answer.kind === 'failed') return await ingestFailure(source, state, namedFailure(source, answer), deps);
  if (answer.kind === 'not-modified') return await ingestUnchanged(source, state, answer, deps);
  const bodyHash = createHash('sha256').update(answer.body).digest('hex');
  const before = currentState(state, source);
  if (before.bodyHash === bodyHash && !mayTakeWaiting(before, source.perDay, deps.now))
    return await ingestUnchanged(source, state, answer, deps);
  return await ingestFresh(source, state, answer, bodyHash, deps);
}

async function ingestFresh(
  source: Source,
  state: FetchState | null,
  answer: FreshResponse,
  bodyHash: string,
  deps: IngestDeps,
): Promise<Ingested> {
  const { store, now, tagging } = deps;
  const seenAt = deps.timeOf(answer.headers);
  const before = currentState(state, source);
  const reading = await readChangedItems(source, before, answer, deps);
  const { document, unchanged, seen, known, residence, recurringPictures } = reading;
  if (source.own === undefined && !document.complete && document.drafts.length + document.skipped === 0) {
    throw new ParseError('PARSE_MALFORMED', 'the document is cut off before its first item ends');
  }
  const matched = await withRestoredHeadlines(
    matchItems(seen.items, known, source.id, residence),
    source.id,
    deps.editorRules,
  );
  const maxAge = source.mayBeginOld && before.lastRead.length === 0 ? Number.POSITIVE_INFINITY : source.maxAgeDays;
  const allowed = newsAllowed(before, source.perDay, now);
  const ready = source.own === undefined ? { items: seen.items, next: null } : withoutAhead(seen.items, matched, now);
  const { items, old, waiting } = takeItems(ready.items, matched, maxAge, allowed, seenAt);
  const firstRef = await store.reserveRefs(items.length - matched.matches.size);
  const { lastRead, guidsUnusable } = before;
  const present = new Set([...[...matched.matches.values()].map(({ ref }) => ref), ...unchanged.map(({ ref }) => ref)]);
  const missing = lastRead.map(({ ref }) => ref).filter((ref) => !present.has(ref));
  const deleted = document.tombstones.length === 0 ? [] : known.map(({ ref }) => ref);
  const elsewhere = await carriedElsewhere([...missing, ...deleted], source, { ...deps, residence });
  const found = identify(
    document,
    { ...seen, items },
    known,
    matched,
    firstRef,
    {
      sourceId: source.id,
      withdrawn: source.withdrawn,
      own: source.own !== undefined,
      lastRead,
      guidsUnusable,
      partial: answer.partial,
      residence,
      isCarriedElsewhere: (ref) => elsewhere.has(ref),
      unchanged,
    },
    seenAt,
  );
  const withdrawn = await withdrawable(found.withdrawn, source.id, { ...deps, residence });
  const facts = {
    document: { ...document, drafts: [...document.drafts, ...unchanged] },
    bodyHash,
    added: found.added.length,
    items: found.known ? ('known' as const) : ('unknown' as const),
  };
  const next: FetchState = {
    ...afterFresh(state, source, answer, facts, now),
    lastRead: found.lastRead,
    guidsUnusable: found.guidsUnusable,
    recurringPictures,
    commonParameters: document.commonParameters,
    titleEnding: document.titleEnding,
    readAs: source.content,
    ...afterNews(before, found.added.length, waiting, seenAt),
    error: waiting > 0 ? TOO_MANY : null,
    ...(source.own &&
      ownState(source.own, before, answer, { document, drafts: items.map(({ draft }) => draft), next: ready.next })),
  };
  const warnings = [...found.warnings];
  const warning = scheduleWarning(next, source);
  if (warning !== null) warnings.push(warning);
  if (waiting > 0) warnings.push(`${TOO_MANY.message}: ${waiting} wait`);
  const by = { source, tagger: await tagging.load(), topicsFingerprint: tagging.fingerprint, now: seenAt };
  const snapshot = answer.partial ? null : snapshotOf(reading, found, bodyHash);
  await store.saveFetch(next, { ...sourceChangesOf({ ...found, withdrawn }, by), snapshot });
  return {
    kind: 'fetched',
    state: next,
    host: null,
    counts: { ...countsOf(found), skipped: document.skipped + old, withdrawn: withdrawn.length },
    visibilityChanged: [...withdrawn, ...found.restored],
    textChanged: textChangesOf(found),
    warnings,
  };
}

function countsOf({ added, changed, unchanged }: Identified): Pick<IngestCounts, 'added' | 'updated' | 'unchanged'> {
  const updated = changed.filter(({ revision }) => revision.kind === 'visible').length;
  return { added: added.length, updated, unchanged: unchanged + changed.length - updated };
}

function textChangesOf({ changed, reclaimed }: Identified): ArticleRef[] {
  const visible = changed.filter(({ revision }) => revision.kind === 'visible').map(({ known }) => known.ref);
  return [...visible, ...reclaimed.map(({ ref }) => ref)];
}

/** RFC 9110 15.4.5: the document is unchanged, so items missing from it are missing once more. */
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
      withdrawn: withdrawals(withdrawn, source, deps.timeOf(answer.headers)),
    };
    await deps.store.saveFetch(next, changes);
  }
  return {
    kind: answer.kind === 'fresh' ? 'fetched' : 'not-modified',
    state: next,
    host: null,
    counts: { ...NO_NEWS, withdrawn: withdrawn.length },
    visibilityChanged: withdrawn,
    textChanged: [],
    warnings: [],
  };
}

/** Where the store refuses even the state, the next run requests the source again. */
async function ingestFailure(
  source: Source,
  state: FetchState | null,
  failure: FetchFailure,
  deps: IngestDeps,
): Promise<Ingested> {
  const { state: failed, host } = afterFailure(state, source, failure, deps.now);
  const next = { ...failed, errorSetting: namedSetting(failure, source, deps.limits) };
  await deps.store.saveFetch(next, null).catch(passRefusal);
  return { kind: 'failed', state: next, host, counts: NO_NEWS, visibilityChanged: [], textChanged: [], warnings: [] };
}
