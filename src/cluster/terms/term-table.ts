/** Maps terms to numbers with a hash table in two arrays: a third of the memory of a `Map`, and no garbage. */

/** Share of used slots above which the table is enlarged. */
const FULL = 0.6;
const SMALLEST = 1024;

export class TermTable {
  #size = 0;
  /** By slot: its term, or 0 if the slot is free. Terms are never 0. */
  #terms = new Int32Array(SMALLEST);
  #numbers = new Int32Array(SMALLEST);

  get size(): number {
    return this.#size;
  }

  get(term: number): number | null {
    const slot = this.#findSlot(term);
    return this.#terms[slot] === 0 ? null : this.#numbers[slot]!;
  }

  set(term: number, number: number): void {
    const slot = this.#findSlot(term);
    this.#numbers[slot] = number;
    if (this.#terms[slot] === term) return;
    this.#terms[slot] = term;
    this.#size += 1;
    if (this.#size > this.#terms.length * FULL) this.#rebuild(this.#terms.length * 2, (same) => same);
  }

  /** Calls `visit` for each term, in an arbitrary order. */
  each(visit: (term: number, number: number) => void): void {
    for (let slot = 0; slot < this.#terms.length; slot += 1) {
      if (this.#terms[slot] !== 0) visit(this.#terms[slot]!, this.#numbers[slot]!);
    }
  }

  /** Changes all numbers. Terms with a new number of 0 are removed. */
  change(changed: (number: number) => number): void {
    this.#rebuild(this.#terms.length, changed);
  }

  #rebuild(room: number, changed: (number: number) => number): void {
    const terms = this.#terms;
    const numbers = this.#numbers;
    this.#terms = new Int32Array(room);
    this.#numbers = new Int32Array(room);
    this.#size = 0;
    for (let slot = 0; slot < terms.length; slot += 1) {
      const number = terms[slot] === 0 ? 0 : changed(numbers[slot]!);
      if (terms[slot] !== 0 && number !== 0) this.set(terms[slot]!, number);
    }
  }

  /** Terms are hashes, so their lowest bits are evenly distributed. Collisions: linear probing. */
  #findSlot(term: number): number {
    const terms = this.#terms;
    const last = terms.length - 1; // a power of two less one
    let slot = term & last;
    while (terms[slot] !== 0 && terms[slot] !== term) slot = (slot + 1) & last;
    return slot;
  }
}
