/** The text of an article in lines, put together from the pieces that a reader of markup tells, and tight from the start where that can be: come here to see why most texts need no cleaning. */
import { plainLine, STEADY } from '../text/plain.js';

/** Private-use signs, which no text needs: what stands between two of them is no text, and where a line ends. */
export const MARK = '\uE0F1';
export const LINE = '\uE0F0';

const TIGHT = new RegExp(`^[${STEADY}${MARK}]+(?:[ ${LINE}][${STEADY}${MARK}]+)*$`);
const SOLID = new RegExp(`[${STEADY}]`);

/** Whether a text is what `tightened` makes of it, as nearly all are: steady signs, with one space or line end between them. */
export function isTight(text: string): boolean {
  return TIGHT.test(text);
}

/** As `plainLine`, for lines that end in `LINE`: no empty ones, and no spaces around their ends. */
export function tightened(text: string): string {
  return plainLine(text)
    .split(LINE)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(LINE);
}

/** Lines, none of them empty and none with white space at its ends: as far as that can be seen piece by piece. */
export class TightLines {
  readonly #end: string;
  readonly #pieces: string[] = [];
  #begun = false;
  /** Whether the line ends in a space so far. */
  #spaced = false;
  #neat = true;

  constructor(end: string) {
    this.#end = end;
  }

  /** Whether all is tight if it is so inside of each piece: where two meet, there is at most one space. */
  get isNeat(): boolean {
    return this.#neat;
  }

  add(piece: string): void {
    const next = this.#begun ? piece : piece.trimStart();
    if (next === '') return;
    if (!this.#begun && this.#pieces.length > 0) this.#pieces.push(this.#end);
    if (this.#neat) this.#neat = this.#fits(next);
    this.#begun = true;
    this.#pieces.push(next);
  }

  /** The same, where nothing is known of what is inside of it. */
  addUnseen(piece: string): void {
    this.#neat = false;
    this.add(piece);
  }

  end(): void {
    if (this.#begun) this.#pieces.push(this.#pieces.pop()!.trimEnd());
    if (this.#begun && this.#pieces.at(-1) === '') this.#neat = false;
    this.#begun = false;
    this.#spaced = false;
  }

  toString(): string {
    this.end();
    return this.#pieces.join('');
  }

  /** Its ends are looked at: white space there may be cut off elsewhere, and is then known from nowhere else. */
  #fits(piece: string): boolean {
    const last = piece.length - 1;
    const opens = piece.charCodeAt(0) === SPACE;
    const shuts = piece.charCodeAt(last) === SPACE;
    if (opens && this.#spaced) return false;
    this.#spaced = shuts;
    return (opens && last === 0) || (isSolid(piece, opens ? 1 : 0) && isSolid(piece, shuts ? last - 1 : last));
  }
}

const SPACE = 32;

/** ASCII first, since that is what nearly all pieces begin and end with. */
function isSolid(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (unit > SPACE && unit < 127) || SOLID.test(text.charAt(at));
}
