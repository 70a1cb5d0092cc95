/** Logs and counts how runs and rounds of the worker end. */
import type { WorkerSite } from '../app/open-site.js';
import type { RunSiteOptions } from '../app/run-tools.js';
import { NewsloomError } from '../model/errors.js';
import { isAboutSite } from '../model/report.js';
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
  readonly where: ReturnType<FollowedRun['where']>;
}

/** Milliseconds without an answer of a fetch worker after which a warning is logged. */
const PATIENCE = 60_000;

export class RunLog {
  #lastError = '';

  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  logRun({ ending, at, ms, deadlineMs, where }: EndedRun): void {
    const { logger, metrics } = this;
    metrics.runEnded(endingLabel(ending), ms);
    const { stage, waiting } = where;
    const facts = { stage, waiting: waiting.length, sources: waiting.slice(0, 10), ms, deadlineMs };
    if (ending.kind === 'done') this.#logResult(ending.result, at);
    else if (ending.kind === 'failed') this.logError(ending.error, { ms });
    else if (ending.kind === 'stopped') logger.info(facts, 'the run was stopped');
    else if (ending.kind === 'late') logger.error(facts, 'the run took too long and was ended');
    else logger.error(facts, 'the run hangs: it was left behind and its store closed');
  }

  logError(error: unknown, facts: object = {}): void {
    const { logger } = this;
    if (error instanceof NewsloomError) logger.error({ code: error.code, ...facts }, error.message);
    else logger.fatal({ err: error, ...facts }, 'a bug in newsloom: please report it with this stack');
  }

  /** For an error that may return every few seconds: logs it again only after another one, or after `forgetError`. */
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
        if (asked === 0) logger.info({ round: n, now }, 'a round begins');
        else logger.info({ round: n, now, asked, taken }, 'a round is gone on with');
      },
      looked: (waiting, found) => {
        metrics.inbox(found);
        const isSilent = found === 0 && performance.now() - lastAnswer > PATIENCE;
        if (isSilent) logger.warn({ waiting }, 'no fetch worker has answered for a minute: is one running?');
        if (isSilent || found > 0) lastAnswer = performance.now();
      },
      closed: () => metrics.round(null),
      trouble: (error) => logger.warn({ why: error.message }, 'the queue of bundles cannot be looked after for now'),
    };
  }

  #logResult({ kind, report }: Result, at: Date): void {
    const { logger, metrics } = this;
    const { failures: _, warnings, emptyTopics, ...others } = report;
    const facts = { ...others, emptyTopics: emptyTopics?.length };
    for (const { sourceId, message } of warnings.filter(isAboutSite)) logger.warn({ at: sourceId }, message);
    if (kind === 'no-source') logger.error(facts, 'no source could be read; the published edition stays unchanged');
    else logger.info(facts, report.changed ? 'published' : 'nothing new');
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
