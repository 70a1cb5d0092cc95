/** A publishing target for dry runs: reports changes without writing. */
import type { Publishing, Sink } from '../../ports/sink.js';
import { contentDigest } from '../../text/digest.js';

export function rehearseEdition(sink: Pick<Sink, 'digests'>): Publishing {
  return {
    async put({ path, bytes }) {
      const published = await sink.digests([path]);
      return published.get(path) === contentDigest(bytes) ? 'unchanged' : 'staged';
    },
    commit: () => Promise.reject(new Error('a dry run does not publish')),
    abort: async () => {},
  };
}
