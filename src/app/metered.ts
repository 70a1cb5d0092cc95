/** Adapters that tell how long they took. */
import type { Read } from '../pipeline/reader/read-document.js';
import type { Fetcher } from '../ports/fetcher.js';
import type { RunMeter } from './run-watch.js';

export function meteredFetcher(fetcher: Fetcher, meter: RunMeter): Fetcher {
  return {
    ...fetcher,
    fetch: async (request, signal) => {
      const began = performance.now();
      const answer = await fetcher.fetch(request, signal);
      meter.fetched(performance.now() - began, answer.wireBytes);
      return answer;
    },
  };
}

export function meteredRead(read: Read, meter: RunMeter): Read {
  return async (...task) => {
    const began = performance.now();
    const document = await read(...task);
    meter.parsed(performance.now() - began, document.format);
    return document;
  };
}
