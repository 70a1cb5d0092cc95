/** Ingests a document that is another than the last one. Loaded where there is one: a run with no news needs none of it. */
import { type Identified, identify } from '../../identity/identify.js';
import { matchItems } from '../../identity/match.js';
import { ParseError } from '../../model/errors.js';
import type { FetchState, Source } from '../../model/source.js';
import { afterFresh } from '../../politeness/after-fetch.js';
import { afterNews, newsAllowed } from '../../politeness/daily-news.js';
import { currentState } from '../../politeness/decide-request.js';
import { scheduleWarning } from '../../politeness/schedule.js';
import { carriedElsewhere } from './carried-elsewhere.js';
import { type FreshResponse, readChangedItems } from './changed-items.js';
import { snapshotOf } from './document-snapshot.js';
import { type IngestCounts, type IngestDeps, type Ingested, TOO_MANY } from './ingest-result.js';
import { takeItems } from './news-limits.js';
import { ownState, withoutAhead } from './own-posts.js';
import { withRestoredHeadlines } from './restored-headlines.js';
import { sourceChangesOf } from './source-changes.js';
import { withdrawable } from './withdrawal-rights.js';

export async function ingestFresh(
  source: Source,
  state: FetchState | null,
  answer: FreshResponse,
  bodyHash: string,
  deps: IngestDeps,
): Promise<Ingested> {
  const { store, now, tagging } = deps;
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
  const { items, old, waiting } = takeItems(ready.items, matched, maxAge, allowed, now);
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
      absence: absenceOf(source),
      lastRead,
      guidsUnusable,
      partial: answer.partial,
      residence,
      isCarriedElsewhere: (ref) => elsewhere.has(ref),
      unchanged,
    },
    now,
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
    ...(source.reading && { parts: (document.parts ?? []).map(({ url }) => url) }),
    ...afterNews(before, found.added.length, waiting, now),
    error: waiting > 0 ? TOO_MANY : null,
    ...(source.own &&
      ownState(source.own, before, answer, { document, drafts: items.map(({ draft }) => draft), next: ready.next })),
  };
  const warnings = [...found.warnings];
  const warning = scheduleWarning(next, source);
  if (warning !== null) warnings.push(warning);
  if (waiting > 0) warnings.push(`${TOO_MANY.message}: ${waiting} wait`);
  const by = { source, tagger: await tagging.load(), topicsFingerprint: tagging.fingerprint, now: now };
  const snapshot = answer.partial ? null : snapshotOf(reading, found, bodyHash);
  await store.saveFetch(next, { ...sourceChangesOf({ ...found, withdrawn }, by), snapshot });
  return {
    kind: 'fetched',
    state: next,
    host: null,
    counts: { ...countsOf(found), skipped: document.skipped + old, withdrawn: withdrawn.length },
    visibilityChanged: [...withdrawn, ...found.restored],
    warnings,
  };
}

/** What it means that an item is no longer in the document. */
function absenceOf({ own, reading }: Source): 'vanished' | 'deleted' | 'nothing' {
  if (own !== undefined) return 'deleted';
  return reading?.absence === 'nothing' ? 'nothing' : 'vanished';
}

function countsOf({ added, changed, unchanged }: Identified): Pick<IngestCounts, 'added' | 'updated' | 'unchanged'> {
  const updated = changed.filter(({ revision }) => revision.kind === 'visible').length;
  return { added: added.length, updated, unchanged: unchanged + changed.length - updated };
}
