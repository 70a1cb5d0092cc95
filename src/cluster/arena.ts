/** Stores many small arrays of numbers in few large buffers, which saves memory per array. */

const PIECE_BYTES = 65_536;

type NumberArray = Int32Array | Float32Array | Uint16Array;

/** A buffer is freed with the last array in it, so arrays in one arena should live equally long. */
export class Arena {
  private piece = new ArrayBuffer(0);
  private used = 0;

  /** Returns a copy in the arena. */
  keep<T extends NumberArray>(numbers: T): T {
    if (this.used + numbers.byteLength > this.piece.byteLength) {
      this.piece = new ArrayBuffer(Math.max(PIECE_BYTES, numbers.byteLength));
      this.used = 0;
    }
    const kept = new (numbers.constructor as new (...place: unknown[]) => T)(this.piece, this.used, numbers.length);
    kept.set(numbers);
    this.used += Math.ceil(numbers.byteLength / 4) * 4;
    return kept;
  }
}
