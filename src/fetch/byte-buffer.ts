/** Collects bytes in one growing buffer: a server may send single bytes, and an array for each would take far more memory. */

const FIRST = 16 * 1024;

export class ByteBuffer {
  #bytes = new Uint8Array(0);
  #length = 0;

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(FIRST, length, this.#bytes.length * 2));
      grown.set(this.bytes());
      this.#bytes = grown;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** All bytes added so far. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
