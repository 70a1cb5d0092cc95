/** A counting semaphore, first come, first served; one may take several places, all at once. */
export class Semaphore {
  readonly #waiting: { readonly places: number; readonly resume: () => void }[] = [];
  #most: number;
  #free: number;

  constructor(places: number) {
    this.#most = places;
    this.#free = places;
  }

  /** Who wants more than there are gets all. */
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

  /** Places in all, taken or not. */
  get size(): number {
    return this.#most;
  }

  /** From now on there are so many; what is acquired stays so. */
  resize(places: number): void {
    this.#free += places - this.#most;
    this.#most = places;
    this.#admit();
  }

  /** Places that are acquired when they are first asked for; `release` gives them back if they were, or as soon as they are. */
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
