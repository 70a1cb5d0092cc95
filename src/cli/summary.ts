/** Reports a run: log lines while it runs, a summary at its end. */

import type { RestoreReport } from '../app/restore-site.js';
import type { RunObserver } from '../app/run-tools.js';
import type { AllWait, BuildReport } from '../model/report.js';
import type { Context } from './command.js';
import { listCounts, listFew } from './table.js';

const REASONS = { empty: 'empty', older: 'older than the published edition', damaged: 'damaged' } as const;

const NAMED_TOPICS = 5;

/** `failures`: whether to log failed sources or leave them to the summary. */
export function reportRun(
  { progress, logger }: Pick<Context, 'progress' | 'logger'>,
  failures: 'logged' | 'in the summary' = 'logged',
): RunObserver {
  return {
    start: (total, asked) => progress.start('fetching sources', total, asked),
    done: (sourceId, result) => {
      progress.step(sourceId);
      if (result === 'rate-limited') logger.info({ source: sourceId }, 'host asked us to wait');
      else if (result.kind === 'failed') {
        const { error, nextAttemptAt } = result.state;
        const facts = { source: sourceId, code: error?.code, failures: result.state.failures, nextAttemptAt };
        if (failures === 'logged' && result.inOutage !== true) logger.warn(facts, error?.message ?? 'failed');
      } else if (result.counts.added + result.counts.updated + result.counts.withdrawn > 0) {
        logger.info({ source: sourceId, ...result.counts }, 'news');
      }
      if (result !== 'rate-limited') for (const message of result.warnings) logger.warn({ source: sourceId }, message);
    },
    clockJumped: (message) => logger.warn(message),
    publishing: () => progress.phase('classifying and publishing'),
    published: () => progress.end(),
    restored: (report, { reason, aside }) => {
      const kept = aside === null ? '' : ` and was moved to ${aside}`;
      logger.warn(`the store was ${REASONS[reason]}${kept}: ${describeRestore(report)}`);
      for (const problem of report.problems) logger.warn(problem);
    },
  };
}

export function describeRestore(report: RestoreReport): string {
  const { articles, withdrawn, stories, channels, archiveDocuments, problems } = report;
  const lost = problems.length === 0 ? '' : `; ${problems.length} files were not readable`;
  return `restored from ${report.files} published files: ${listCounts([
    [articles, articles === 1 ? 'article' : 'articles'],
    [withdrawn, 'withdrawn'],
    [stories, 'stories'],
    [channels, 'channels'],
    [archiveDocuments, 'archive documents'],
  ])}${lost}`;
}

/** `would` precedes the verbs in a dry run. */
export function formatSummary(report: BuildReport, would = ''): string {
  const rows = listSummaryRows(report, would).map(([name, value]) => `${name.padEnd(10)}${value}`);
  return [...rows, ...formatFailureLines(report)].join('\n');
}

export function listSummaryRows(report: BuildReport, would = ''): (readonly [name: string, value: string])[] {
  const { sources, allWait, articles, stories, emptyTopics = [], files, announcements = [] } = report;
  const rows: readonly (readonly [name: string, value: string | null])[] = [
    [
      'articles',
      listCounts([
        [articles.added, 'new'],
        [articles.dropped, 'dropped by rules'],
        [articles.held ?? 0, 'waiting for review (newsloom desk queue)'],
        [articles.updated, 'corrected'],
        [articles.withdrawn, 'withdrawn'],
        [articles.total, 'in total'],
      ]),
    ],
    [
      'sources',
      sources.total === 0
        ? 'none (newsloom sources add <address>)'
        : listCounts([
            [sources.fetched, 'read'],
            [sources.notModified, 'unchanged'],
            [sources.notDue, 'not due'],
            [sources.failed, 'failed'],
          ]),
    ],
    ['', allWait === undefined ? null : describeWait(allWait)],
    [
      'stories',
      listCounts([
        [stories.total, 'in total'],
        [stories.multiSource, 'with several publications'],
      ]),
    ],
    // Readers cannot subscribe to the feed of an empty topic, because it does not exist yet.
    [
      'topics',
      articles.total === 0 || emptyTopics.length === 0
        ? null
        : `no articles and no files yet: ${listFew(emptyTopics, NAMED_TOPICS)}`,
    ],
    [
      'files',
      listCounts([
        [files.written, `${would}written`],
        [files.unchanged, 'unchanged'],
        [files.removed, `${would}removed`],
      ]),
    ],
    ...announcements.flatMap((one) => listAnnouncementRows(one, articles.added)),
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

type Announced = NonNullable<BuildReport['announcements']>[number];

function listAnnouncementRows({ target, sent, waiting, unknown, refused, would }: Announced, added: number) {
  const counts = [
    [would?.length ?? sent, would === undefined ? 'sent' : 'would be sent'],
    [waiting, 'waiting'],
    [unknown, 'without a response'],
    [refused, 'given up'],
  ] as const;
  const isSilent = would === undefined && added > 0 && counts.every(([count]) => count === 0);
  return [
    ['announced', `${target}: ${listCounts(counts)}${isSilent ? NOT_ANNOUNCED : ''}`] as const,
    ...(would ?? []).map((text) => ['', text] as const),
  ];
}

const ADD_HINT = '; "newsloom sources add" finds its feed';
const NOT_ANNOUNCED = ' (the first articles of a new target or source, and after a restore, are not announced)';

export function formatFailureLines({ failures }: BuildReport): string[] {
  return failures.map(
    ({ sourceId, code, message, nextAttemptAt }) =>
      `failed    ${sourceId}: ${message} (${code}); next attempt ${nextAttemptAt}${code === 'PARSE_UNRECOGNIZED' ? ADD_HINT : ''}`,
  );
}

function describeWait({ until, notDue, failed, skipped, host }: AllWait): string {
  const why = [
    [notDue, 'fetched recently'],
    [failed, 'backing off after a failure'],
    [skipped, 'in hours or days that the source excludes'],
    [host, 'host asked us to wait (Retry-After)'],
  ] as const;
  const hint = notDue + failed + skipped > 0 ? '; use --force to fetch now' : '';
  return `nothing due before ${until.replace('.000Z', 'Z')}: ${listCounts(why.filter(([count]) => count > 0))}${hint}`;
}
