/** Composes the editor's feed of failing sources and targets, whether or not it is published. */

import type { TargetTrouble } from '../../../model/announcing.js';
import type { Channel } from '../../../model/channel.js';
import { type CurrentSources, listSourceStatuses } from './status-files.js';

export async function composeFailureFeed(
  current: CurrentSources,
  troubles: readonly TargetTrouble[],
): Promise<Channel> {
  const { composeFailures } = await import('../../../compose/failures.js');
  const sources = current.settings.sources.filter(({ paused }) => paused !== true);
  const statuses = listSourceStatuses({ ...current, settings: { ...current.settings, sources } });
  return composeFailures(current.settings, statuses, troubles);
}
