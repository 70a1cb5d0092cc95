/** Collects the problems of a document, each once with a count. */
import { PARSE_LIMITS } from './limits.js';

export interface Warnings {
  add(message: string): void;
  list(): string[];
}

export function collectWarnings(): Warnings {
  const seen = new Map<string, number>();
  return {
    add(message) {
      const times = seen.get(message);
      if (times !== undefined || seen.size < PARSE_LIMITS.warnings) seen.set(message, (times ?? 0) + 1);
    },
    list: () => [...seen].map(([message, times]) => (times === 1 ? message : `${message} (${times} times)`)),
  };
}
