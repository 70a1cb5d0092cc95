/** Small arrays of numbers kept in large pieces of memory: a hundred thousand articles cost their numbers, not their arrays. */

const pieceBytes = 65_536;
let piece = new ArrayBuffer(pieceBytes);
let used = 0;

/** A copy of the first `length` numbers. A piece is freed when the last of its copies is. */
export function keepInt32(source: Int32Array, length = source.length): Int32Array {
  const kept = new Int32Array(...place(length * 4), length);
  for (let at = 0; at < length; at += 1) kept[at] = source[at]!;
  return kept;
}

export function keepFloat32(source: Float32Array, length = source.length): Float32Array {
  const kept = new Float32Array(...place(length * 4), length);
  for (let at = 0; at < length; at += 1) kept[at] = source[at]!;
  return kept;
}

export function keepUint16(source: Uint16Array, length = source.length): Uint16Array {
  const kept = new Uint16Array(...place(length * 2), length);
  for (let at = 0; at < length; at += 1) kept[at] = source[at]!;
  return kept;
}

function place(bytes: number): [buffer: ArrayBuffer, offset: number] {
  if (bytes > pieceBytes / 8) return [new ArrayBuffer(bytes), 0];
  if (used + bytes > pieceBytes) {
    piece = new ArrayBuffer(pieceBytes);
    used = 0;
  }
  const offset = used;
  used += (bytes + 3) & ~3;
  return [piece, offset];
}
