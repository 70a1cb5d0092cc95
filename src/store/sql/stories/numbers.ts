/** Converts arrays of numbers to blobs in the machine's byte order, because only similar machines share a store. */

export function bytesOf(numbers: Int32Array | Float32Array | Uint16Array): Uint8Array {
  if (numbers.length === 0) return EMPTY;
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Node 22 stores a blob without an underlying buffer as NULL. */
const EMPTY = new Uint8Array(new ArrayBuffer(1), 0, 0);

export function int32Of(bytes: Uint8Array): Int32Array {
  return new Int32Array(copied(bytes));
}

export function float32Of(bytes: Uint8Array): Float32Array {
  return new Float32Array(copied(bytes));
}

export function uint16Of(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(copied(bytes));
}

// A driver's bytes may start at any offset of a buffer, while typed arrays need aligned ones.
function copied(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
