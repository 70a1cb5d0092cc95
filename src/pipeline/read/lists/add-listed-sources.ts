/** Adds the sources of lists (`kind: opml`) to a run, and their folders to its topics. */
import { createTagging } from '../../facts/tagging.js';
import type { CurrentRun, RunContext } from '../../run-context.js';
import { countIngested } from '../../run-counts.js';
import { expandListedSources, isList, mayAddSources } from './listed-sources.js';

/** Fetches due lists first, so that the same run reads their sources. */
export async function addListedSources(context: RunContext, current: CurrentRun): Promise<RunContext> {
  const { settings, store, observer } = context;
  if (!settings.sources.some(mayAddSources)) return context;
  if (!current.options.offline && settings.sources.some(isList)) {
    const { readLists } = await import('./read-lists.js');
    for (const { id, result } of await readLists(context, current)) {
      countIngested(current.counts, id, result);
      observer.done(id, result);
    }
  }
  const listed = expandListedSources(settings, await store.fetchStates());
  if (listed === settings) return context;
  return { ...context, settings: listed, ...(listed.lists !== undefined && { tagging: createTagging(listed) }) };
}
