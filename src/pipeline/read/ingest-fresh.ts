/** Ingests a changed document. Loaded on demand. */
import { type Identified, identify } from '../../identity/identify.js';
import { type Matches, matchItems } from '../../identity/match.js';
import type { ArticleRef } from '../../model/article.js';
import { ParseError } from '../../model/errors.js';
import type { FetchState, Source } from '../../model/source.js';
import { applyFresh } from '../../politeness/after-fetch.js';
import { countAllowedNews, recordNews } from '../../politeness/daily-news.js';
import { resolveState } from '../../politeness/decide-request.js';
import { createScheduleWarning } from '../../politeness/schedule.js';
import { findCarriedElsewhere } from './carried-elsewhere.js';
import { type ChangedItems, type FreshResponse, readChangedItems, type SourceResponse } from './changed-items.js';
import { createSnapshot } from './document-snapshot.js';
import { type IngestCounts, type IngestDeps, type Ingested, TOO_MANY } from './ingest-result.js';
import { type TakenItems, takeItems } from './news-limits.js';
import { createOwnState, holdFuturePosts } from './own-posts.js';
import { withRestoredHeadlines } from './restored-headlines.js';
import { toSourceChanges } from './source-changes.js';
import { selectWithdrawable } from './withdrawal-rights.js';

type HashedResponse = FreshResponse & { readonly bodyHash: string };

/** Rejects with `ParseError` or `StoreError`. */
export async function ingestFresh(
  source: Source,
  state: FetchState | null,
  answer: HashedResponse,
  deps: IngestDeps,
): Promise<Ingested> {
  const { now } = deps;
  const response = { source, before: resolveState(state, source), answer };
  const reading = await readChangedItems(response, deps);
  refuseCutOff(source, reading);
  const { seen, known, ownership } = reading;
  const matched = await withRestoredHeadlines(
    matchItems(seen.items, known, source.id, ownership),
    source.id,
    deps.editorRules,
  );
  const taken = selectItems(response, reading, matched, now);
  const found = await identifyTaken(response, reading, { matched, taken }, deps);
  const withdrawn = await selectWithdrawable(found.withdrawn, source.id, { ...deps, ownership });
  const next = nextState(state, response, { reading, taken, found }, now);
  const { fingerprint } = deps.tagging;
  const by = { source, tagger: await deps.tagging.load(), topicsFingerprint: fingerprint, now };
  const snapshot = answer.partial ? null : createSnapshot(reading, found, answer.bodyHash);
  await deps.store.saveFetch(next, { ...toSourceChanges({ ...found, withdrawn }, by), snapshot });
  return {
    kind: 'fetched',
    state: next,
    host: null,
    counts: {
      ...toCounts(found),
      skipped: reading.document.skipped + taken.old,
      withdrawn: withdrawn.length,
    },
    visibilityChanged: [...withdrawn, ...found.restored],
    warnings: collectWarnings(source, next, found, taken),
  };
}

function refuseCutOff({ own }: Source, { document }: ChangedItems): void {
  if (own === undefined && !document.complete && document.drafts.length + document.skipped === 0)
    throw new ParseError('PARSE_MALFORMED', 'the document ends before the end of its first item');
}

interface TakenNow extends TakenItems {
  /** When to read the editor's future-dated posts again; null: none. */
  readonly next: Date | null;
}

/** Excludes items that are too old, exceed the daily limit, or are own posts dated ahead. */
function selectItems(
  { source, before }: SourceResponse,
  { seen }: ChangedItems,
  matched: Matches,
  now: Date,
): TakenNow {
  const ready =
    source.own === undefined ? { items: seen.items, next: null } : holdFuturePosts(seen.items, matched, now);
  const maxAgeDays = source.mayBeginOld && before.lastRead.length === 0 ? Number.POSITIVE_INFINITY : source.maxAgeDays;
  const limits = { maxAgeDays, allowed: countAllowedNews(before, source.perDay, now) };
  return { ...takeItems(ready.items, matched, limits, now), next: ready.next };
}

async function identifyTaken(
  { source, before, answer }: SourceResponse,
  { document, unchanged, seen, known, ownership }: ChangedItems,
  { matched, taken }: { readonly matched: Matches; readonly taken: TakenNow },
  deps: IngestDeps,
): Promise<Identified> {
  const { lastRead, guidsUnusable } = before;
  const firstRef = await deps.store.reserveRefs(taken.items.length - matched.matches.size);
  const present = new Set([...[...matched.matches.values()].map(({ ref }) => ref), ...unchanged.map(({ ref }) => ref)]);
  const missing = lastRead.map(({ ref }) => ref).filter((ref) => !present.has(ref));
  const deleted = document.tombstones.length === 0 ? [] : known.map(({ ref }) => ref);
  const elsewhere = await findCarriedElsewhere([...missing, ...deleted], source, { ...deps, ownership });
  const about = {
    sourceId: source.id,
    withdrawn: source.withdrawn,
    absence: absenceMeaning(source),
    lastRead,
    guidsUnusable,
    partial: answer.partial,
    ownership,
    isCarriedElsewhere: (ref: ArticleRef) => elsewhere.has(ref),
    unchanged,
  };
  return identify(document, { ...seen, items: taken.items }, known, matched, firstRef, about, deps.now);
}

function absenceMeaning({ own, reading }: Source): 'vanished' | 'deleted' | 'nothing' {
  if (own !== undefined) return 'deleted';
  return reading?.absence === 'nothing' ? 'nothing' : 'vanished';
}

interface ReadDocument {
  readonly reading: ChangedItems;
  readonly taken: TakenNow;
  readonly found: Identified;
}

function nextState(
  state: FetchState | null,
  { source, before, answer }: SourceResponse & { readonly answer: HashedResponse },
  { reading: { document, unchanged, recurringPictures }, taken, found }: ReadDocument,
  now: Date,
): FetchState {
  const facts = {
    document: { ...document, drafts: [...document.drafts, ...unchanged] },
    bodyHash: answer.bodyHash,
    added: found.added.length,
    items: found.known ? ('known' as const) : ('unknown' as const),
  };
  const drafts = taken.items.map(({ draft }) => draft);
  return {
    ...applyFresh(state, source, answer, facts, now),
    lastRead: found.lastRead,
    guidsUnusable: found.guidsUnusable,
    recurringPictures,
    commonParameters: document.commonParameters,
    titleEnding: document.titleEnding,
    ...(document.furniture.length > 0 && { furniture: document.furniture }),
    usualLanguage: document.usualLanguage,
    readAs: source.content,
    ...(source.reading && { parts: (document.parts ?? []).map(({ url }) => url) }),
    ...recordNews(before, found.added.length, taken.waiting, now),
    error: taken.waiting > 0 ? TOO_MANY : null,
    ...(source.own && createOwnState(source.own, before, answer, { document, drafts, next: taken.next })),
  };
}

function collectWarnings(
  source: Source,
  next: FetchState,
  found: Identified,
  { waiting }: TakenNow,
): readonly string[] {
  const schedule = createScheduleWarning(next, source);
  return [
    ...found.warnings,
    ...(schedule === null ? [] : [schedule]),
    ...(waiting > 0 ? [`${TOO_MANY.message}: ${waiting} wait`] : []),
  ];
}

function toCounts({ added, changed, unchanged }: Identified): Pick<IngestCounts, 'added' | 'updated' | 'unchanged'> {
  const updated = changed.filter(({ revision }) => revision.kind === 'visible').length;
  return { added: added.length, updated, unchanged: unchanged + changed.length - updated };
}
