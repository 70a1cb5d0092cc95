/** A publishing target for dry runs: reports what would change, and changes nothing. */
import type { Publishing, Sink } from '../../ports/sink.js';
import { contentDigest } from '../../text/digest.js';

export function dryRun(sink: Pick<Sink, 'digests'>): Publishing {
  let staged = 0;
  return {
    get staged() {
      return staged;
    },
    async put({ path, bytes }) {
      const published = await sink.digests([path]);
      if (published.get(path) === contentDigest(bytes)) return 'unchanged';
      staged++;
      return 'staged';
    },
    commit: () => Promise.reject(new Error('a dry run publishes nothing')),
    abort: async () => {},
  };
}
