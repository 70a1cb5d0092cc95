/** Small arrays of numbers kept in large pieces of memory: a hundred thousand articles cost their numbers, not their arrays. */

const PIECE_BYTES = 65_536;

type NumberArray = Int32Array | Float32Array | Uint16Array;

/** A piece is freed when all arrays in it are, so keep together what lives equally long. */
export class Arena {
  private piece = new ArrayBuffer(0);
  private used = 0;

  /** A copy. */
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
