/** Saves unchanged source states in batches, because each commit waits for the disk. */
import { StoreError } from '../../model/errors.js';
import type { FetchState } from '../../model/source.js';
import type { SourceStore } from '../../ports/store/sources.js';

/** States per commit. After a crash, at most this many sources are requested again, conditionally. */
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

  /** If the store refuses a batch, saves the states one by one, so that only the refused one is lost. */
  async flush(): Promise<void> {
    const states = this.#waiting;
    this.#waiting = [];
    if (states.length === 0) return;
    await this.#store.saveFetches(states).catch(async (error: unknown) => {
      if (!isRefusedBySource(error)) throw error;
      for (const state of states) await this.#store.saveFetch(state, null).catch(passRefusal);
    });
  }
}

/** The error concerns one source's data, not the store. */
export function isRefusedBySource(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code === 'STORE_REFUSED';
}

/** A refused state is not saved, so the next run requests the source again. */
export function passRefusal(error: unknown): void {
  if (!isRefusedBySource(error)) throw error;
}
