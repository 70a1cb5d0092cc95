/** Copies a string, so that it does not keep its parent string in memory. */

/** V8 represents a substring of 13 characters or more as a reference to its parent. */
export function detachString(piece: string): string {
  return Buffer.from(piece, 'utf16le').toString('utf16le');
}
