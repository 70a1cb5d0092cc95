/** The UTF-16 units of a text as numbers: come here to read every letter of a text, which takes half of the time so, or a third. */

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Units that are asked for at once by most. */
const USUAL = 8_192;

/** Room that no text is in; a reader that is called while another reads finds none, and gets its own. */
let spare: Uint16Array | null = null;

/**
 * Hands over the units of `text`, with a zero behind the last; what is in the array behind that says nothing. The array is not
 * the reader's own: the next text is written into it.
 */
export function withUnits(text: string, read: (units: Uint16Array) => void): void {
  const room = spare !== null && spare.length > text.length ? spare : new Uint16Array(Math.max(USUAL, text.length + 1));
  spare = null;
  write(text, room);
  read(room);
  if (room.length === USUAL) spare = room;
}

function write(text: string, room: Uint16Array): void {
  if (LITTLE_ENDIAN) Buffer.from(room.buffer).write(text, 'utf16le');
  else for (let at = 0; at < text.length; at++) room[at] = text.charCodeAt(at);
  room[text.length] = 0;
}
