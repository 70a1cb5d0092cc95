/** What a run shows to people: log lines while it runs, a summary at its end. */

import type { RestoreReport } from '../app/restore-site.js';
import type { RunObserver } from '../app/run-tools.js';
import type { AllWait, BuildReport } from '../model/report.js';
import type { Context } from './command.js';

const REASONS = { empty: 'empty', older: 'older than the published edition', damaged: 'damaged' } as const;

/** Topics that are named where they have no article. */
const NAMED_TOPICS = 5;

/** Shows progress on a terminal, and logs what an operator must know. `failures`: whether failing sources are named here, or in a summary at the end. */
export function reportRun(
  { progress, logger }: Pick<Context, 'progress' | 'logger'>,
  failures: 'logged' | 'in the summary' = 'logged',
): RunObserver {
  return {
    start: (total, asked) => progress.start('reading sources', total, asked),
    done: (sourceId, result) => {
      progress.step(sourceId);
      if (result === 'rate-limited') logger.info({ source: sourceId }, 'its host asked to be left alone');
      else if (result.kind === 'failed') {
        const { error, nextAttemptAt } = result.state;
        const facts = { source: sourceId, code: error?.code, failures: result.state.failures, nextAttemptAt };
        if (failures === 'logged') logger.warn(facts, error?.message ?? 'failed');
      } else if (result.counts.added + result.counts.updated + result.counts.withdrawn > 0) {
        logger.info({ source: sourceId, ...result.counts }, 'news');
      }
      if (result !== 'rate-limited') for (const message of result.warnings) logger.warn({ source: sourceId }, message);
    },
    clockJumped: (message) => logger.warn(message),
    publishing: () => progress.phase('sorting and publishing'),
    published: () => progress.end(),
    restored: (report, { reason, aside }) => {
      const kept = aside === null ? '' : ` and is kept as ${aside}`;
      logger.warn(`the store was ${REASONS[reason]}${kept}: ${describeRestore(report)}`);
      for (const problem of report.problems) logger.warn(problem);
    },
  };
}

/** One line: what was restored. */
export function describeRestore(report: RestoreReport): string {
  const { articles, withdrawn, stories, channels, archiveDocuments, problems } = report;
  const lost = problems.length === 0 ? '' : `; ${problems.length} of them could not be read`;
  return `restored from ${report.files} published files: ${parts([
    [articles, articles === 1 ? 'article' : 'articles'],
    [withdrawn, 'withdrawn'],
    [stories, 'stories'],
    [channels, 'channels'],
    [archiveDocuments, 'archive documents'],
  ])}${lost}`;
}

/** The end summary; `would` precedes the verbs in a dry run. */
export function summary(report: BuildReport, would = ''): string {
  const { sources, allWait, articles, stories, emptyTopics = [], files } = report;
  const lines = [
    `articles  ${parts([
      [articles.added, 'new'],
      [articles.dropped, 'dropped by rules'],
      [articles.held ?? 0, 'waiting for you (newsloom desk queue)'],
      [articles.updated, 'corrected'],
      [articles.withdrawn, 'withdrawn'],
      [articles.total, 'in all'],
    ])}`,
    `sources   ${
      sources.total === 0
        ? 'none (newsloom sources add <address>)'
        : parts([
            [sources.fetched, 'read'],
            [sources.notModified, 'unchanged'],
            [sources.notDue, 'not due'],
            [sources.failed, 'failed'],
          ])
    }`,
    ...(allWait === undefined ? [] : [`          ${describeWait(allWait)}`]),
    `stories   ${parts([
      [stories.total, 'in all'],
      [stories.multiSource, 'told by several'],
    ])}`,
    ...(articles.total === 0 || emptyTopics.length === 0 ? [] : [`topics    ${describeEmpty(emptyTopics)}`]),
    `files     ${parts([
      [files.written, `${would}written`],
      [files.unchanged, 'unchanged'],
      [files.removed, `${would}removed`],
    ])}`,
  ];
  for (const { target, sent, waiting, unknown, refused, would } of report.announcements ?? []) {
    lines.push(
      `announced ${target}: ${
        would === undefined
          ? parts([
              [sent, 'sent'],
              [waiting, 'waiting'],
              [unknown, 'without an answer'],
              [refused, 'given up'],
            ]) + (sent + waiting + unknown + refused === 0 && articles.added > 0 ? SILENT : '')
          : parts([
              [would.length, 'would be sent'],
              [waiting, 'waiting'],
            ])
      }`,
    );
    for (const text of would ?? []) lines.push(`          ${text}`);
  }
  return [...lines, ...failureLines(report)].join('\n');
}

const LOOK = '; "newsloom sources add" looks for one';
const SILENT = ' (new targets and sources begin silently, as after a restore)';

export function failureLines({ failures }: BuildReport): string[] {
  return failures.map(
    ({ sourceId, code, message, nextAttemptAt }) =>
      `failed    ${sourceId}: ${message} (${code}); next try ${nextAttemptAt}${code === 'PARSE_UNRECOGNIZED' ? LOOK : ''}`,
  );
}

/** One line: until when nobody is asked, and why. */
function describeWait({ until, notDue, failed, skipped, host }: AllWait): string {
  const why = [
    [notDue, 'asked not long ago'],
    [failed, 'left alone after a failure'],
    [skipped, 'in hours or on days that the source excepts'],
    [host, 'left alone since its host wants it (Retry-After)'],
  ] as const;
  const hint = notDue + failed + skipped > 0 ? '; --force does not wait' : '';
  return `all wait, the first until ${until.replace('.000Z', 'Z')}: ${parts(why.filter(([count]) => count > 0))}${hint}`;
}

/** Who shows a feed elsewhere would look for it in vain. */
function describeEmpty(ids: readonly string[]): string {
  const more = ids.length - NAMED_TOPICS;
  const named = `${ids.slice(0, NAMED_TOPICS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `no article yet, so no files: ${named}`;
}

function parts(counts: readonly (readonly [count: number, what: string])[]): string {
  return counts
    .filter(([count], i) => count > 0 || i === 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
}
