/** Adapters that tell how long they took. */
import type { Reader } from '../pipeline/reader/reader.js';
import type { RunMeter } from '../pipeline/run-observer.js';
import type { Fetcher } from '../ports/fetcher.js';

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

export function meteredReader(reader: Reader, meter: RunMeter): Reader {
  return {
    ...reader,
    read: async (task) => {
      const began = performance.now();
      const document = await reader.read(task);
      meter.parsed(performance.now() - began, document.format);
      return document;
    },
  };
}
