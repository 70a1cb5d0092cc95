/** A publishing target for dry runs: reports changes without writing. */
import type { OutputFile } from '../../model/edition.js';
import type { Publishing, Sink } from '../../ports/sink.js';
import { contentDigest } from '../../text/digest.js';

export function rehearseEdition(
  sink: Pick<Sink, 'digests'>,
  keep: (file: OutputFile) => Promise<void> = async () => {},
): Publishing {
  return {
    async put(file) {
      const published = await sink.digests([file.path]);
      if (published.get(file.path) === contentDigest(file.bytes)) return 'unchanged';
      await keep(file);
      return 'staged';
    },
    commit: () => Promise.reject(new Error('a dry run does not publish')),
    abort: async () => {},
  };
}
