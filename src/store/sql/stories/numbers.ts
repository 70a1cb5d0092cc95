/** Converts arrays of numbers to blobs in the machine's byte order, because only similar machines share a store. */

export function toBytes(numbers: Int32Array | Float32Array | Uint16Array): Uint8Array {
  if (numbers.length === 0) return EMPTY;
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Node 22 stores a blob without an underlying buffer as NULL. */
const EMPTY = new Uint8Array(new ArrayBuffer(1), 0, 0);

export function toInt32Array(bytes: Uint8Array): Int32Array {
  return new Int32Array(copyBuffer(bytes));
}

export function toFloat32Array(bytes: Uint8Array): Float32Array {
  return new Float32Array(copyBuffer(bytes));
}

export function toUint16Array(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(copyBuffer(bytes));
}

// A driver's bytes may start at any offset of a buffer, while typed arrays need aligned ones.
function copyBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
