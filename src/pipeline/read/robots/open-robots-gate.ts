/** Checks robots.txt before a run requests sources that must obey it. */
import type { CurrentRun, RunContext } from '../../run-context.js';
import type { DueSource } from '../host-queue.js';
import type { SchedulerDeps } from '../request-scheduler.js';
import type { Gated } from './robots-gate.js';

export interface RobotsGate extends Pick<Gated<DueSource>, 'allowed' | 'refused'> {
  /** Follows redirects that robots.txt allows. */
  readonly fetcher: SchedulerDeps['fetcher'];
  /** Saves the robots.txt results. */
  readonly remember: () => Promise<void>;
}

/** Loads the robots.txt code only if a source needs it. */
export async function openRobotsGate(
  due: readonly DueSource[],
  { settings, store, clock, reading: { fetcher } }: RunContext,
  { options, pacing, signal }: CurrentRun,
): Promise<RobotsGate> {
  if (!due.some(({ source }) => source.reading?.robots === true))
    return { allowed: due, refused: [], fetcher, remember: async () => {} };
  const [{ checkRobots, loadRobots, saveRobots }, { createRobotsFetcher }] = await Promise.all([
    import('./robots-gate.js'),
    import('./robots-redirects.js'),
  ]);
  const deps = { fetcher, limits: settings.fetch, now: options.now, clock, pacing, signal };
  const gate = await checkRobots(due, { ...deps, memory: await loadRobots(store) });
  const memory = new Map(gate.memory);
  const following = createRobotsFetcher({ ...deps, memory, spacingMs: settings.fetch.spacingMs });
  const remember = () => saveRobots(store, memory);
  await remember();
  return { ...gate, fetcher: following, remember };
}
