/** Counts that the steps of a run collect for its report. */
import type { ArticleRef } from '../model/article.js';
import type { AllWait, AnnouncementReport, BuildReport } from '../model/report.js';
import type { FetchState, SourceId } from '../model/source.js';
import { type IngestCounts, type Ingested, NO_NEWS } from './read/ingest-result.js';

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
  readonly visibilityChanged: ArticleRef[];
  readonly warnings: { sourceId: SourceId; message: string }[];
  readonly bugs: Error[];
  /** New articles that the editor's rules dropped. */
  dropped: number;
  /** null: no source is reviewed. */
  held: number | null;
  /** Articles in the store before organizing, which adds the new ones. */
  storedBefore: number;
  /** null: organizing did not finish. */
  stories: BuildReport['stories'] | null;
  /** null: nothing was published. */
  published: Published | null;
}

export function createCounts(startedAt: number): RunCounts {
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
  else run.failures.push(toFailure(result.state));
  for (const key of Object.keys(NO_NEWS) as (keyof IngestCounts)[]) run.articles[key] += result.counts[key];
  run.visibilityChanged.push(...result.visibilityChanged);
  for (const message of result.warnings) run.warnings.push({ sourceId, message });
}

function toFailure(state: FetchState): BuildReport['failures'][number] {
  return {
    sourceId: state.sourceId,
    code: state.error?.code ?? 'FETCH_NETWORK',
    message: state.error?.message ?? '',
    failures: state.failures,
    nextAttemptAt: (state.nextAttemptAt ?? new Date(0)).toISOString(),
  };
}

export interface Published {
  readonly files: BuildReport['files'];
  /** Whether a file other than the health files changed. */
  readonly changed: boolean;
  readonly warnings: BuildReport['warnings'];
  /** Topics without files. */
  readonly emptyTopics: readonly string[];
  /** null: no targets are configured. */
  readonly announcements?: readonly AnnouncementReport[] | null;
}
