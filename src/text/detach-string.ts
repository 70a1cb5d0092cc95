/** Copies a string, so that keeping it does not keep the text that it was sliced from. */

/** V8 represents a substring of 13 characters or more as a reference into its parent, which then stays in memory. */
export function detachString(piece: string): string {
  return Buffer.from(piece, 'utf16le').toString('utf16le');
}
