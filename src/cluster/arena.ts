/** Stores many small arrays of numbers in few large buffers, which saves memory per array. */

const PIECE_BYTES = 65_536;

/** A buffer is freed with the last array in it, so arrays in one arena should have equal lifetimes. */
export class Arena {
  private piece = new ArrayBuffer(0);
  private used = 0;

  /** Returns a copy in the arena. */
  keep<T extends Int32Array | Float32Array | Uint16Array>(numbers: T): T {
    const { buffer, byteOffset } = this.take(numbers.byteLength);
    const kept = new (numbers.constructor as new (...place: unknown[]) => T)(buffer, byteOffset, numbers.length);
    kept.set(numbers);
    return kept;
  }

  /** Allocates bytes, aligned for arrays of numbers. */
  take(bytes: number): Uint8Array {
    if (this.used + bytes > this.piece.byteLength) {
      this.piece = new ArrayBuffer(Math.max(PIECE_BYTES, bytes));
      this.used = 0;
    }
    const taken = new Uint8Array(this.piece, this.used, bytes);
    this.used += Math.ceil(bytes / 4) * 4;
    return taken;
  }
}
