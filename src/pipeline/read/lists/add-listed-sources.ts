/** Adds the sources that lists name (`kind: opml`) to those of a run, and the folders of lists to its topics. */
import { createTagging } from '../../facts/tagging.js';
import type { CurrentRun, RunContext } from '../../run-context.js';
import { countIngested } from '../../run-counts.js';
import { isList, withListedSources, withLocked } from './listed-sources.js';

/** Due lists are fetched first, so that what they name is read in the same run. */
export async function addListedSources(context: RunContext, current: CurrentRun): Promise<RunContext> {
  const { settings, store, reading, observer } = context;
  const { offline, frozen = false } = current.options;
  if (!offline && !frozen && settings.sources.some(isList)) {
    const { readLists } = await import('./read-lists.js');
    for (const { id, result } of await readLists(context, current)) {
      countIngested(current.counts, id, result);
      observer.done(id, result);
    }
  }
  const states = await store.fetchStates();
  const listed = withListedSources(settings, withLocked(states, { settings, ...reading }, frozen));
  if (listed === settings) return context;
  return { ...context, settings: listed, ...(listed.lists !== undefined && { tagging: createTagging(listed) }) };
}
