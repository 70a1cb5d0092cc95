/** The UTF-16 units of a text as numbers: come here to read every letter of a text, which takes half of the time so, or a third. */

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Units that suffice for nearly all texts. */
const USUAL = 8_192;

/** Room that no text is in; who takes units while another has them finds none, and gets new room. */
let spare: Uint16Array | null = null;

/**
 * The units of `text`, with a zero behind the last; what is in the array behind that says nothing. Give them back with
 * `giveUnits`, and then look at them no more: the next text is written into them. (Two calls and no callback, since loops in
 * closures take twice as long.)
 */
export function takeUnits(text: string): Uint16Array {
  const room = spare !== null && spare.length > text.length ? spare : new Uint16Array(Math.max(USUAL, text.length + 1));
  spare = null;
  if (LITTLE_ENDIAN) Buffer.from(room.buffer).write(text, 'utf16le');
  else for (let at = 0; at < text.length; at++) room[at] = text.charCodeAt(at);
  room[text.length] = 0;
  return room;
}

export function giveUnits(units: Uint16Array): void {
  if (units.length === USUAL) spare = units;
}
