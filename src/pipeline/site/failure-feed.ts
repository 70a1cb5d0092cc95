/** Makes `failures.atom`, a feed of failing sources for the editor. */
import type { OutputFile } from '../../model/edition.js';
import { type SourcesNow, sourceStatuses } from './status-files.js';

export async function failureFeed(sources: SourcesNow): Promise<OutputFile> {
  const [{ composeFailures }, { writeAtom }] = await Promise.all([
    import('../../compose/failures.js'),
    import('../../write/atom/atom.js'),
  ]);
  return { path: 'failures.atom', bytes: writeAtom(composeFailures(sources.settings, sourceStatuses(sources))) };
}
