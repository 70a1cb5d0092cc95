/** Builds the report of a run from its counts. */
import type { BuildReport } from '../model/report.js';
import type { Source, SourceId } from '../model/source.js';
import type { Store } from '../ports/store/store.js';
import type { CurrentRun, RunContext } from './run-context.js';

const NO_FILES: BuildReport['files'] = { written: 0, unchanged: 0, removed: 0, bytes: 0 };

/** Never rejects. */
export async function makeReport(
  { settings, store, clock }: Pick<RunContext, 'settings' | 'store' | 'clock'>,
  { options, counts }: CurrentRun,
  feeds: readonly Source[],
): Promise<BuildReport> {
  const { stories, published } = counts;
  const total = await countStored(store);
  // The store counts an article that two sources delivered in one run once.
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
    failures: [...counts.failures].sort(compareSources),
    warnings: [...[...counts.warnings].sort(compareSources), ...(published?.warnings ?? [])],
  };
}

function compareSources(a: { readonly sourceId: SourceId }, b: { readonly sourceId: SourceId }): number {
  return a.sourceId < b.sourceId ? -1 : 1;
}

/** 0 if the store fails: the report is printed anyway. */
export async function countStored(store: Pick<Store, 'countArticles'>): Promise<number> {
  return store.countArticles().catch(() => 0);
}
