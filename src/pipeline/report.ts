/** What a run counts while it goes on, and the report that it becomes. */
import type { ArticleRef } from '../model/article.js';
import type { BuildReport } from '../model/report.js';
import type { FetchState, Source, SourceId } from '../model/source.js';
import type { Store } from '../ports/store/store.js';
import { type IngestCounts, type Ingested, NO_NEWS } from './ingest/ingest.js';

export interface RunCounts {
  fetched: number;
  notModified: number;
  notDue: number;
  readonly failures: BuildReport['failures'][number][];
  readonly articles: { -readonly [Key in keyof IngestCounts]: number };
  /** Articles that were withdrawn in this run, or are back again. */
  readonly visibilityChanged: ArticleRef[];
  readonly warnings: { sourceId: SourceId; message: string }[];
  /** What was thrown while a source was ingested, and by nobody on purpose. */
  readonly bugs: Error[];
  /** How many articles the store held before this run's got their ids. */
  storedBefore: number;
}

export function emptyCounts(): RunCounts {
  const articles = { ...NO_NEWS };
  return {
    fetched: 0,
    notModified: 0,
    notDue: 0,
    failures: [],
    articles,
    visibilityChanged: [],
    warnings: [],
    bugs: [],
    storedBefore: 0,
  };
}

export function countIngested(run: RunCounts, sourceId: SourceId, result: Ingested): void {
  if (result.kind === 'fetched') run.fetched++;
  else if (result.kind === 'not-modified') run.notModified++;
  else run.failures.push(failureOf(result.state));
  for (const key of Object.keys(NO_NEWS) as (keyof IngestCounts)[]) run.articles[key] += result.counts[key];
  run.visibilityChanged.push(...result.visibilityChanged);
  for (const message of result.warnings) run.warnings.push({ sourceId, message });
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

/** What publishing did. */
export interface Published {
  readonly files: BuildReport['files'];
  /** Whether any file but the health files differs from before. */
  readonly changed: boolean;
  readonly warnings: BuildReport['warnings'];
}

/** What came of a run; null: it did not come to that. */
export interface RunOutcome {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly counts: RunCounts;
  readonly stories: BuildReport['stories'] | null;
  readonly published: Published | null;
}

/** Never rejects. */
export async function reportOf(
  { startedAt, durationMs, counts, stories, published }: RunOutcome,
  { sources }: { readonly sources: readonly Source[] },
  store: Pick<Store, 'countArticles'>,
): Promise<BuildReport> {
  const total = await countStored(store);
  // What two sources brought in one run is one article: only the store knows how many are new.
  const added = Math.max(0, total - counts.storedBefore);
  return {
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    changed: published?.changed ?? false,
    sources: {
      total: sources.length,
      fetched: counts.fetched,
      notModified: counts.notModified,
      notDue: counts.notDue,
      failed: counts.failures.length,
    },
    articles: { ...counts.articles, added, total },
    stories: stories ?? { total: 0, multiSource: 0 },
    files: published?.files ?? NO_FILES,
    failures: [...counts.failures].sort(bySource),
    warnings: [...[...counts.warnings].sort(bySource), ...(published?.warnings ?? [])],
  };
}

function bySource(a: { readonly sourceId: SourceId }, b: { readonly sourceId: SourceId }): number {
  return a.sourceId < b.sourceId ? -1 : 1;
}

/** A store that can no longer be used tells nothing: the report is printed all the same. */
export async function countStored(store: Pick<Store, 'countArticles'>): Promise<number> {
  return store.countArticles().catch(() => 0);
}
