/** What a run counts while it goes on, and the report that it becomes. */
import type { ArticleRef } from '../model/article.js';
import type { BuildReport } from '../model/report.js';
import type { FetchState, Source, SourceId } from '../model/source.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store/store.js';
import type { Counts, Ingested } from './ingest/ingest.js';
import type { Organized, Published } from './run.js';

export interface RunCounts {
  fetched: number;
  notModified: number;
  notDue: number;
  readonly failures: BuildReport['failures'][number][];
  counts: Counts;
  /** Articles that were taken back in this run, or are back again. */
  readonly visibilityChanged: ArticleRef[];
  readonly warnings: { sourceId: SourceId; message: string }[];
  /** How many articles the store held before ids were given. */
  storedBefore: number;
}

export function emptyCounts(notDue: number): RunCounts {
  const counts = { added: 0, updated: 0, unchanged: 0, skipped: 0, withdrawn: 0 };
  return {
    fetched: 0,
    notModified: 0,
    notDue,
    failures: [],
    counts,
    visibilityChanged: [],
    warnings: [],
    storedBefore: 0,
  };
}

export function count(tally: RunCounts, sourceId: SourceId, result: Ingested): void {
  if (result.kind === 'fetched') tally.fetched++;
  else if (result.kind === 'not-modified') tally.notModified++;
  else tally.failures.push(failureOf(result.state));
  const { added, updated, unchanged, skipped, withdrawn } = result.counts;
  tally.counts = {
    added: tally.counts.added + added,
    updated: tally.counts.updated + updated,
    unchanged: tally.counts.unchanged + unchanged,
    skipped: tally.counts.skipped + skipped,
    withdrawn: tally.counts.withdrawn + withdrawn,
  };
  tally.visibilityChanged.push(...result.visibilityChanged);
  for (const message of result.warnings) tally.warnings.push({ sourceId, message });
}

function failureOf(state: FetchState): BuildReport['failures'][number] {
  return {
    sourceId: state.sourceId,
    code: state.error?.code ?? 'FETCH_NETWORK',
    message: state.error?.message ?? '',
    failures: state.failures,
    nextAttemptAt: (state.nextAttemptAt ?? new Date(0)).toISOString(),
  };
}

const NO_FILES: BuildReport['files'] = { written: 0, unchanged: 0, removed: 0, bytes: 0 };

/** What came of a run; null: it did not come to that. */
export interface Outcome {
  readonly startedAt: Date;
  /** By the clock's `elapsed`, in milliseconds. */
  readonly started: number;
  readonly tally: RunCounts;
  readonly settled: Organized | null;
  readonly published: Published | null;
}

export interface ReportDeps {
  readonly sources: readonly Source[];
  readonly store: Pick<Store, 'countArticles'>;
  readonly clock: Clock;
}

/** Never rejects. */
export async function reportOf(
  { sources, store, clock }: ReportDeps,
  { startedAt, started, tally, settled, published }: Outcome,
): Promise<BuildReport> {
  const total = await storedArticles(store);
  // What two sources brought in one run is one article: only the store knows how many are new.
  const added = Math.max(0, total - tally.storedBefore);
  return {
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(clock.elapsed() - started),
    changed: published?.changed ?? false,
    sources: {
      total: sources.length,
      fetched: tally.fetched,
      notModified: tally.notModified,
      notDue: tally.notDue,
      failed: tally.failures.length,
    },
    articles: { ...tally.counts, added, total },
    stories: settled?.stories ?? { total: 0, multiSource: 0 },
    files: published?.files ?? NO_FILES,
    failures: [...tally.failures].sort(bySource),
    warnings: [...[...tally.warnings].sort(bySource), ...(published?.warnings ?? [])],
  };
}

function bySource(a: { readonly sourceId: SourceId }, b: { readonly sourceId: SourceId }): number {
  return a.sourceId < b.sourceId ? -1 : 1;
}

/** A store that can no longer be used tells nothing: the report is printed all the same. */
export async function storedArticles(store: Pick<Store, 'countArticles'>): Promise<number> {
  return store.countArticles().catch(() => 0);
}
