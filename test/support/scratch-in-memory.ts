/** What a run lays aside, kept in memory; of `room` bytes. */
import type { Scratch } from '../../src/ports/scratch.js';

export function scratchInMemory(room = Number.POSITIVE_INFINITY): Scratch {
  let all = Buffer.alloc(0);
  return {
    write: (bytes) => {
      const at = all.length;
      if (at + bytes.length > room) return null;
      all = Buffer.concat([all, bytes]);
      return at;
    },
    read: (into, at) => void all.copy(into, 0, at, at + into.length),
    close: () => {},
  };
}
