/** Reads a run's new articles for their stories as they are saved: reading 15,000 back from the store takes as long again. */
import type { ArticleRef } from '../model/article.js';
import type { NewArticle, SourceChanges, Store } from '../ports.js';
import type { Told } from './telling.js';

/** Articles that find their stories together: a run's, or, of a long archive, one part after the other. */
export const mostAtOnce = 20_000;

/** Holds a kilobyte an article, and no more of them than find their stories at once. */
export class EarlyTellings {
  readonly #told = new Map<ArticleRef, Told>();

  /** The same store, listened to. */
  heard(store: Store): Store {
    const hearing =
      (save: Store['saveFetch']): Store['saveFetch'] =>
      async (state, changes) => {
        await save(state, changes);
        if (changes !== null) await this.#hear(changes);
      };
    return { ...store, saveFetch: hearing(store.saveFetch), saveFetchSoon: hearing(store.saveFetchSoon) };
  }

  /** Each only once: who takes it keeps it. Those that came in earlier runs are not here. */
  take(ref: ArticleRef): Told | undefined {
    const told = this.#told.get(ref);
    this.#told.delete(ref);
    return told;
  }

  async #hear({ changed, added }: SourceChanges): Promise<void> {
    for (const { ref } of changed) this.#told.delete(ref);
    if (added.length > 0) await this.#read(added);
  }

  /** What reads is loaded where there is something to read. */
  async #read(articles: readonly NewArticle[]): Promise<void> {
    const { readTelling } = await import('./telling.js');
    for (const article of articles) if (this.#told.size < mostAtOnce) this.#told.set(article.ref, readTelling(article));
  }
}
