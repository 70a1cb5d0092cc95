/** Lists of numbers as bytes in a column, in the byte order of the machine: a store file is used where it was written. */

export function bytesOf(numbers: Int32Array | Float32Array | Uint16Array): Uint8Array {
  if (numbers.length === 0) return EMPTY;
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Node 22 takes a blob without memory behind it for NULL. */
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

// A driver's bytes may begin anywhere in a larger piece of memory.
function copied(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
