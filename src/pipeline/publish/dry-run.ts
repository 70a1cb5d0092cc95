/** A publishing target for dry runs: reports what would change, and changes nothing. */
import type { Publishing, Sink } from '../../ports/sink.js';

export function dryRun(sink: Sink): Publishing {
  let staged = 0;
  return {
    get staged() {
      return staged;
    },
    async put({ path, bytes }) {
      const published = await sink.read(path);
      const next = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      if (published !== null && Buffer.compare(next, published) === 0) return 'unchanged';
      staged++;
      return 'staged';
    },
    commit: () => Promise.reject(new Error('a dry run publishes nothing')),
    abort: async () => {},
  };
}
