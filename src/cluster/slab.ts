/** Small arrays of numbers kept in large pieces of memory: a hundred thousand articles cost their numbers, not their arrays. */

const pieceBytes = 65_536;

/** Where arrays of one kind are kept. A piece is freed when all arrays in it are, so keep together what lives equally long. */
export class Arena {
  private piece = new ArrayBuffer(0);
  private used = 0;

  /** A copy of the first `length` numbers. */
  int32(source: Int32Array, length = source.length): Int32Array {
    const kept = new Int32Array(this.room(length * 4), this.used - length * 4, length);
    for (let at = 0; at < length; at += 1) kept[at] = source[at]!;
    return kept;
  }

  float32(source: Float32Array, length = source.length): Float32Array {
    const kept = new Float32Array(this.room(length * 4), this.used - length * 4, length);
    for (let at = 0; at < length; at += 1) kept[at] = source[at]!;
    return kept;
  }

  /** `length` must be even. */
  uint16(source: Uint16Array, length = source.length): Uint16Array {
    const kept = new Uint16Array(this.room(length * 2), this.used - length * 2, length);
    for (let at = 0; at < length; at += 1) kept[at] = source[at]!;
    return kept;
  }

  private room(bytes: number): ArrayBuffer {
    if (this.used + bytes > this.piece.byteLength) {
      this.piece = new ArrayBuffer(Math.max(pieceBytes, bytes));
      this.used = 0;
    }
    this.used += bytes;
    return this.piece;
  }
}
