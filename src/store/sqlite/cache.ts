/** The last used values within a room of characters: a run shows one article in several channels, and reading it is dear. */

interface Entry<V> {
  readonly value: V;
  readonly cost: number;
}

export class Cache<V> {
  /** Least recently used first. */
  readonly #entries = new Map<number, Entry<V>>();
  readonly #room: number;
  #cost = 0;

  constructor(room: number) {
    this.#room = room;
  }

  get(key: number): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: number, value: V, cost: number): void {
    this.forget(key);
    this.#entries.set(key, { value, cost });
    this.#cost += cost;
    for (const oldest of this.#entries.keys()) {
      if (this.#cost <= this.#room) return;
      this.forget(oldest);
    }
  }

  forget(key: number): void {
    this.#cost -= this.#entries.get(key)?.cost ?? 0;
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#cost = 0;
  }
}
