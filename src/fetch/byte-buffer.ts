/** Collects bytes in one growing buffer: a server may send single bytes, and an array for each would take far more memory. */

const FIRST = 16 * 1024;

export class ByteBuffer {
  #bytes = new Uint8Array(0);
  #length = 0;

  /** @param most so many bytes are ever added; no room is taken for more. */
  constructor(private readonly most: number) {}

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) this.grow(Math.max(FIRST, length, this.#bytes.length * 2));
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** To `size` in one step: memory that is not written to is not taken from the system yet. */
  grow(size: number): void {
    const grown = new Uint8Array(Math.max(this.#length, Math.min(this.most, size)));
    grown.set(this.bytes());
    this.#bytes = grown;
  }

  /** All bytes added so far. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
