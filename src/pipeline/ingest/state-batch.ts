/** Saves the states of sources that brought nothing in batches: there are many in each run, and each commit waits for the disk. */
import { StoreError } from '../../model/errors.js';
import type { FetchState } from '../../model/source.js';
import type { SourceStore } from '../../ports/store/sources.js';

/** A run that is killed asks so many sources again at the most, each with its validators. */
const BATCH = 32;

export class StateBatch {
  readonly #store: Pick<SourceStore, 'saveFetch' | 'saveFetches'>;
  #waiting: FetchState[] = [];

  constructor(store: Pick<SourceStore, 'saveFetch' | 'saveFetches'>) {
    this.#store = store;
  }

  async add(state: FetchState): Promise<void> {
    this.#waiting.push(state);
    if (this.#waiting.length >= BATCH) await this.flush();
  }

  /** One by one where the store refuses them together: the others are no failures of that source. */
  async flush(): Promise<void> {
    const states = this.#waiting;
    this.#waiting = [];
    if (states.length === 0) return;
    await this.#store.saveFetches(states).catch(async (error: unknown) => {
      if (!isRefusal(error)) throw error;
      for (const state of states) await this.#store.saveFetch(state, null).catch(passRefusal);
    });
  }
}

/** What the store says of one source, not of itself. */
export function isRefusal(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code === 'STORE_REFUSED';
}

/** A state that is refused leaves the source as it was: the next run asks it again. */
export function passRefusal(error: unknown): void {
  if (!isRefusal(error)) throw error;
}
