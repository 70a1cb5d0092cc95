/** Observes a run for the metrics, and to report what a late run was waiting for. */
import type { RunObserver } from '../app/run-tools.js';
import type { SourceId } from '../model/source.js';
import type { Metrics } from '../observe/metrics.js';

export interface FollowedRun {
  readonly observer: RunObserver;
  /** `waiting`: sources without a result. */
  progress(): { readonly stage: 'reading' | 'publishing'; readonly waiting: readonly SourceId[] };
}

export function followRun(observer: RunObserver, metrics: Metrics): FollowedRun {
  let stage: 'reading' | 'publishing' = 'reading';
  const waiting = new Set<SourceId>();
  return {
    progress: () => ({ stage, waiting: [...waiting] }),
    observer: {
      start(total, asked) {
        for (const id of asked) waiting.add(id);
        observer.start(total, asked);
      },
      done(id, result) {
        waiting.delete(id);
        if (result !== 'rate-limited') metrics.sourceRequested(outcomeLabel(result));
        observer.done(id, result);
      },
      clockJumped: (message) => observer.clockJumped?.(message),
      publishing() {
        stage = 'publishing';
        observer.publishing?.();
      },
      published: (...what) => observer.published(...what),
      meter: metrics,
    },
  };
}

type DoneSource = Exclude<Parameters<RunObserver['done']>[1], 'rate-limited'>;

function outcomeLabel({ kind, state }: DoneSource): string {
  if (kind === 'failed') return state.error?.code ?? 'failed';
  return kind === 'not-modified' ? 'not_modified' : kind;
}
