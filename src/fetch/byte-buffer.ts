/** Collects bytes in one growing buffer, which uses less memory than an array of small chunks. */

const FIRST = 16 * 1024;

export class ByteBuffer {
  #bytes = new Uint8Array(0);
  #length = 0;

  /** @param most maximum number of bytes that will be added */
  constructor(private readonly most: number) {}

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) this.grow(Math.max(FIRST, length, this.#bytes.length * 2));
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** Reserves `size` bytes at once. The system commits memory only when it is written. */
  grow(size: number): void {
    const grown = new Uint8Array(Math.max(this.#length, Math.min(this.most, size)));
    grown.set(this.bytes());
    this.#bytes = grown;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
