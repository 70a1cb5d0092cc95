/** Fetches pictures and icons for pages. */
import type { CurrentRun, RunContext, SourceStates } from '../../run-context.js';
import type { VerifiedFolder } from '../verify-folder.js';

export async function fetchPictures(
  { settings, store, clock, reading, publishing }: RunContext,
  { options, pacing, counts, signal }: CurrentRun,
  folder: VerifiedFolder,
  states: SourceStates,
): Promise<void> {
  counts.warnings.push(...publishing.icons.warnings);
  if (publishing.theme === null || options.offline || options.dryRun) return;
  const [{ learnPictures }, { learnIcons }] = await Promise.all([
    import('./learn-pictures.js'),
    import('./learn-icons.js'),
  ]);
  const deps = { settings, store, fetcher: reading.fetcher, tools: publishing.pictures, clock, pacing };
  await learnPictures({ ...deps, folder }, options.now, signal);
  counts.warnings.push(...(await learnIcons(deps, states, options, signal)));
}
