/** Builds `failures.atom`, the editor's feed of failing sources and targets. */

import type { TargetTrouble } from '../../../model/announcing.js';
import type { Entry } from '../../../model/channel.js';
import type { OutputFile } from '../../../model/edition.js';
import { type CurrentSources, listSourceStatuses } from './status-files.js';

export async function createFailureFeed(
  sources: CurrentSources,
  troubles: readonly TargetTrouble[],
): Promise<OutputFile> {
  const [{ composeFailures }, { writeAtom }] = await Promise.all([
    import('../../../compose/failures.js'),
    import('../../../write/atom/atom.js'),
  ]);
  return {
    path: 'failures.atom',
    bytes: writeAtom(composeFailures(sources.settings, listPolledStatuses(sources), troubles)),
  };
}

/** Entries of that feed, whether or not it is published. */
export async function composeFailureEntries(
  sources: CurrentSources,
  troubles: readonly TargetTrouble[],
): Promise<readonly Entry[]> {
  const { composeFailures } = await import('../../../compose/failures.js');
  return composeFailures(sources.settings, listPolledStatuses(sources), troubles).entries;
}

function listPolledStatuses(current: CurrentSources) {
  const sources = current.settings.sources.filter(({ paused }) => paused !== true);
  return listSourceStatuses({ ...current, settings: { ...current.settings, sources } });
}
