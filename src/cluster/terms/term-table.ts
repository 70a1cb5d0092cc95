/** Maps terms to numbers: a hash table in two arrays, a third of the memory of a `Map`, and no garbage as it grows. */

/** Share of slots in use above which the table is enlarged. */
const FULL = 0.6;
const SMALLEST = 1024;

export class TermTable {
  #size = 0;
  /** By slot: its term, 0 where it is free, which no term is. */
  #terms = new Int32Array(SMALLEST);
  #numbers = new Int32Array(SMALLEST);

  get size(): number {
    return this.#size;
  }

  /** null: none. */
  get(term: number): number | null {
    const slot = this.#slotOf(term);
    return this.#terms[slot] === 0 ? null : this.#numbers[slot]!;
  }

  set(term: number, number: number): void {
    const slot = this.#slotOf(term);
    this.#numbers[slot] = number;
    if (this.#terms[slot] === term) return;
    this.#terms[slot] = term;
    this.#size += 1;
    if (this.#size > this.#terms.length * FULL) this.#rebuild(this.#terms.length * 2, (same) => same);
  }

  /** Calls `visit` for each term, in an order that means nothing. */
  each(visit: (term: number, number: number) => void): void {
    for (let slot = 0; slot < this.#terms.length; slot += 1) {
      if (this.#terms[slot] !== 0) visit(this.#terms[slot]!, this.#numbers[slot]!);
    }
  }

  /** Changes all numbers; terms whose number becomes 0 are left out. */
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

  /** Terms are hashes, so their lowest bits spread them evenly; taken slots are stepped over (linear probing). */
  #slotOf(term: number): number {
    const terms = this.#terms;
    const last = terms.length - 1; // a power of two less one
    let slot = term & last;
    while (terms[slot] !== 0 && terms[slot] !== term) slot = (slot + 1) & last;
    return slot;
  }
}
