/** The UTF-16 code units of a text, in an array: reading a string unit by unit takes several times as long. */

/** Units, of which the memory is kept for the next text. */
const KEPT = 1 << 17;
let spare: Uint16Array | null = new Uint16Array(1 << 15);
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** `read` gets an array that begins with the text's units, and must not keep it. */
export function withTextUnits(text: string, read: (units: Uint16Array) => void): void {
  const units = spare !== null && spare.length >= text.length ? spare : new Uint16Array(text.length * 2);
  spare = null; // `read` may read other texts
  try {
    const bytes = Buffer.from(units.buffer, units.byteOffset, text.length * 2);
    bytes.write(text, 'utf16le');
    if (!IS_LITTLE_ENDIAN) bytes.swap16();
    read(units);
  } finally {
    if (units.length <= KEPT) spare = units;
  }
}
