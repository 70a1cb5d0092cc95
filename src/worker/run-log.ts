/** Logs and counts the ends of runs and rounds. */
import type { WorkerSite } from '../app/open-site.js';
import type { RunSiteOptions } from '../app/run-tools.js';
import { NewsloomError } from '../model/errors.js';
import { type BuildReport, isSiteWarning } from '../model/report.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import type { RunEnding } from './deadline.js';
import type { FollowedRun } from './follow-run.js';

type Result = Awaited<ReturnType<WorkerSite['run']>>;

export interface EndedRun {
  readonly ending: RunEnding<Result>;
  readonly at: Date;
  readonly ms: number;
  readonly deadlineMs: number;
  readonly progress: ReturnType<FollowedRun['progress']>;
}

/** Milliseconds without a fetch worker's answer before a warning. */
const PATIENCE = 60_000;

export class RunLog {
  #lastError = '';

  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly summarize: (report: BuildReport) => string,
  ) {}

  /** Returns it in words: its outcome, then the summary of its report, or why it failed. */
  logRun({ ending, at, ms, deadlineMs, progress: where }: EndedRun) {
    const { logger, metrics } = this;
    const label = endingLabel(ending);
    metrics.runEnded(label, ms);
    const { stage, waiting } = where;
    const facts = { stage, waiting: waiting.length, sources: waiting.slice(0, 10), ms, deadlineMs };
    if (ending.kind === 'done') this.#logResult(ending.result, at);
    else if (ending.kind === 'failed') this.logError(ending.error, { ms });
    else if (ending.kind === 'stopped') logger.info(facts, 'the run was stopped');
    else if (ending.kind === 'late') logger.error(facts, 'the run exceeded its deadline and was aborted');
    else logger.error(facts, 'the run did not stop when aborted: it was abandoned and its store closed');
    const about = ending.kind === 'done' ? this.summarize(ending.result.report) : '';
    const why = ending.kind === 'failed' ? String(ending.error) : '';
    return { isGood: label === 'published' || label === 'unchanged', text: `${label}\n${about}${why}` };
  }

  logError(error: unknown, facts: object = {}): void {
    const { logger } = this;
    if (error instanceof NewsloomError) logger.error({ code: error.code, ...facts }, error.message);
    else logger.fatal({ err: error, ...facts }, 'a bug in newsloom: please report it with this stack');
  }

  /** Logs a repeated error once, until another error or `forgetError`. */
  logErrorOnce(error: unknown): void {
    const text = String(error);
    if (text !== this.#lastError) this.logError(error);
    this.#lastError = text;
  }

  forgetError(): void {
    this.#lastError = '';
  }

  observeRound(): NonNullable<RunSiteOptions['round']>['observer'] {
    const { logger, metrics } = this;
    let lastAnswer = performance.now();
    return {
      opened: ({ n, now }, asked, taken) => {
        metrics.round(performance.now());
        if (asked === 0) logger.info({ round: n, now }, 'round started');
        else logger.info({ round: n, now, asked, taken }, 'round resumed');
      },
      polled: (waiting, found) => {
        metrics.inbox(found);
        const isSilent = found === 0 && performance.now() - lastAnswer > PATIENCE;
        if (isSilent) logger.warn({ waiting }, 'no answer from a fetch worker for a minute: check that one is running');
        if (isSilent || found > 0) lastAnswer = performance.now();
      },
      closed: () => metrics.round(null),
      trouble: (error) =>
        logger.warn({ why: error.message }, 'the queue of bundles cannot be maintained: the database is not available'),
    };
  }

  #logResult({ kind, report }: Result, at: Date): void {
    const { logger, metrics } = this;
    const { failures: _, warnings, emptyTopics, ...others } = report;
    const facts = { ...others, emptyTopics: emptyTopics?.length };
    for (const { sourceId, message } of warnings.filter(isSiteWarning)) logger.warn({ at: sourceId }, message);
    if (kind === 'no-source') logger.error(facts, 'no source could be read: the published edition is unchanged');
    else if (report.changed) logger.info(facts, 'published');
    else
      logger.info(
        { startedAt: report.startedAt, durationMs: report.durationMs, sources: report.sources },
        'nothing new',
      );
    if (kind === 'published') metrics.reported(report, at);
  }
}

function endingLabel(ending: RunEnding<Result>): string {
  if (ending.kind === 'failed') return ending.error instanceof NewsloomError ? ending.error.code : 'bug';
  if (ending.kind !== 'done') return ending.kind;
  const { kind, report } = ending.result;
  if (kind === 'no-source') return 'no_source';
  return report.changed ? 'published' : 'unchanged';
}
