/** A string that stands on its own: come here before you remember a piece of a document. */

/** The same text, without the one that it was cut from: V8 keeps a whole document alive for a piece of 13 characters or more. */
export function detachString(piece: string): string {
  return Buffer.from(piece, 'utf16le').toString('utf16le');
}
