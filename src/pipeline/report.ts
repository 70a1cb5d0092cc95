/** Counters of a run, and the report made from them. */
import type { ArticleRef } from '../model/article.js';
import type { AllWait, AnnouncementReport, BuildReport } from '../model/report.js';
import type { FetchState, Source, SourceId } from '../model/source.js';
import type { Store } from '../ports/store/store.js';
import { type IngestCounts, type Ingested, NO_NEWS } from './read/ingest-result.js';
import type { CurrentRun, RunContext } from './run-context.js';

/** Filled in by the steps of a run. */
export interface RunCounts {
  /** In the milliseconds of `Clock.elapsed`. */
  readonly startedAt: number;
  fetched: number;
  notModified: number;
  notDue: number;
  /** null: not all sources wait. */
  allWait: AllWait | null;
  readonly failures: BuildReport['failures'][number][];
  readonly articles: { -readonly [Key in keyof IngestCounts]: number };
  /** Articles withdrawn or restored in this run. */
  readonly visibilityChanged: ArticleRef[];
  readonly warnings: { sourceId: SourceId; message: string }[];
  /** Unexpected errors while sources were ingested. */
  readonly bugs: Error[];
  /** New articles that the editor's rules drop. */
  dropped: number;
  /** Articles that wait for the editor; null: no source is reviewed. */
  held: number | null;
  /** Number of articles in the store before this run's were minted. */
  storedBefore: number;
  /** null: organizing did not end. */
  stories: BuildReport['stories'] | null;
  /** null: nothing was published. */
  published: Published | null;
}

export function emptyCounts(startedAt: number): RunCounts {
  const articles = { ...NO_NEWS };
  return {
    startedAt,
    fetched: 0,
    notModified: 0,
    notDue: 0,
    allWait: null,
    failures: [],
    articles,
    visibilityChanged: [],
    warnings: [],
    bugs: [],
    dropped: 0,
    held: null,
    storedBefore: 0,
    stories: null,
    published: null,
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

/** The result of publishing. */
export interface Published {
  readonly files: BuildReport['files'];
  /** Whether any file other than the health files changed. */
  readonly changed: boolean;
  readonly warnings: BuildReport['warnings'];
  /** Topics without files. */
  readonly emptyTopics: readonly string[];
  /** null: no targets are configured. */
  readonly announcements?: readonly AnnouncementReport[] | null;
}

/** Never rejects. */
export async function makeReport(
  { settings, store, clock }: Pick<RunContext, 'settings' | 'store' | 'clock'>,
  { options, counts }: CurrentRun,
  feeds: readonly Source[],
): Promise<BuildReport> {
  const { stories, published } = counts;
  const total = await countStored(store);
  // An article that two sources brought in one run counts once: only the store knows how many are new.
  const added = Math.max(0, total - counts.storedBefore - counts.dropped);
  return {
    startedAt: options.now.toISOString(),
    durationMs: Math.round(clock.elapsed() - counts.startedAt),
    changed: published?.changed ?? false,
    sources: {
      total: feeds.length + (settings.lists ?? []).length,
      fetched: counts.fetched,
      notModified: counts.notModified,
      notDue: counts.notDue,
      failed: counts.failures.length,
    },
    ...(counts.allWait && { allWait: counts.allWait }),
    articles: {
      ...counts.articles,
      added,
      dropped: counts.dropped,
      ...(counts.held !== null && { held: counts.held }),
      total,
    },
    stories: stories ?? { total: 0, multiSource: 0 },
    ...(published && published.emptyTopics.length > 0 && { emptyTopics: published.emptyTopics }),
    files: published?.files ?? NO_FILES,
    ...(published?.announcements && { announcements: published.announcements }),
    failures: [...counts.failures].sort(bySource),
    warnings: [...[...counts.warnings].sort(bySource), ...(published?.warnings ?? [])],
  };
}

function bySource(a: { readonly sourceId: SourceId }, b: { readonly sourceId: SourceId }): number {
  return a.sourceId < b.sourceId ? -1 : 1;
}

/** 0 where the store fails: the report is printed nevertheless. */
export async function countStored(store: Pick<Store, 'countArticles'>): Promise<number> {
  return store.countArticles().catch(() => 0);
}
