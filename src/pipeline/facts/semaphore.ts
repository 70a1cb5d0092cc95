/** A first-come, first-served counting semaphore; one caller can take several places at once. */
export class Semaphore {
  readonly #waiting: { readonly places: number; readonly resume: () => void }[] = [];
  readonly #most: number;
  #free: number;

  constructor(places: number) {
    this.#most = places;
    this.#free = places;
  }

  /** Takes all places if `places` exceeds the total. */
  async acquire(places = 1): Promise<void> {
    await new Promise<void>((resume) => {
      this.#waiting.push({ places: Math.min(places, this.#most), resume });
      this.#admit();
    });
  }

  release(places = 1): void {
    this.#free += Math.min(places, this.#most);
    this.#admit();
  }

  /** Acquires once, on the first call. `release` returns the places as soon as they are acquired. */
  onDemand(): { acquire(places: number): Promise<void>; release(): void } {
    let taken: { readonly places: number; readonly acquired: Promise<void> } | null = null;
    return {
      acquire: (places) => {
        taken ??= { places, acquired: this.acquire(places) };
        return taken.acquired;
      },
      release: () => {
        if (taken === null) return;
        const { places, acquired } = taken;
        void acquired.then(() => this.release(places));
      },
    };
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined && next.places <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.places;
      next.resume();
    }
  }
}
