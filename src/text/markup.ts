/** HTML as a flat run of tags and text, in linear time however deep it nests: come here to read markup, never to make it safe. */
import { Tokenizer } from './tokenizer.js';
import { readUsual } from './usual-markup.js';

export type Attributes = Readonly<Record<string, string>>;

export interface MarkupReader {
  /** `name` and attribute names are lower case; values are decoded. */
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  /** Decoded; a run of text may come in pieces. */
  text(value: string): void;
  /** Asked after each piece of input; true ends the reading. */
  done?(): boolean;
}

/** Input is handed to the tokenizer in pieces, so that a reader who has enough pays for no more. */
const PIECE = 16_384;

/** Reads tags and text in order. Comments, declarations and CDATA marks are left out. Never throws for what the input holds. */
export function readMarkup(html: string, reader: MarkupReader): void {
  const at = readUsual(html, reader, PIECE);
  if (at !== null) readAny(html, at, reader);
}

/** All of it through the tokenizer, from `start` on, where no tag is open. */
export function readAny(html: string, start: number, reader: MarkupReader): void {
  const events = new Events(reader);
  const tokenizer = new Tokenizer({ decodeEntities: true }, events);
  for (let at = start; at < html.length; ) {
    const end = at - (at % PIECE) + PIECE;
    events.piece(html.slice(at, end), at - start);
    tokenizer.write(html.slice(at, end));
    if (reader.done?.()) return;
    at = end;
  }
  events.piece('', html.length - start);
  tokenizer.end();
}

/** The tokenizer speaks in offsets into all that was written; this keeps what is still being spoken of. */
class Events {
  readonly #reader: MarkupReader;
  #window = '';
  #windowStart = 0;
  #tag = '';
  #attribute = '';
  #value = '';
  #attributes: Record<string, string> = emptyAttributes();

  constructor(reader: MarkupReader) {
    this.#reader = reader;
  }

  piece(text: string, at: number): void {
    // Names never span more than the piece before: a longer one is cut, which only garbage notices.
    const keep = this.#window.slice(-PIECE);
    this.#windowStart = at - keep.length;
    this.#window = keep + text;
  }

  #slice(start: number, end: number): string {
    return this.#window.slice(Math.max(0, start - this.#windowStart), end - this.#windowStart);
  }

  ontext(start: number, end: number): void {
    // A tag that is cut off at the end of the input is given as a text from -1 on.
    if (start >= 0) this.#reader.text(this.#slice(start, end));
  }
  ontextentity(codepoint: number): void {
    this.#reader.text(String.fromCodePoint(codepoint));
  }
  onopentagname(start: number, end: number): void {
    this.#tag = this.#slice(start, end).toLowerCase();
    this.#attributes = emptyAttributes();
  }
  onattribname(start: number, end: number): void {
    this.#attribute = this.#slice(start, end).toLowerCase();
    this.#value = '';
  }
  onattribdata(start: number, end: number): void {
    this.#value += this.#slice(start, end);
  }
  onattribentity(codepoint: number): void {
    this.#value += String.fromCodePoint(codepoint);
  }
  onattribend(): void {
    if (!(this.#attribute in this.#attributes)) this.#attributes[this.#attribute] = this.#value;
  }
  onopentagend(): void {
    this.#reader.open(this.#tag, this.#attributes);
  }
  onselfclosingtag(): void {
    this.#reader.open(this.#tag, this.#attributes);
  }
  onclosetag(start: number, end: number): void {
    this.#reader.close(this.#slice(start, end).toLowerCase());
  }
  // HTML has no CDATA: browsers read it as a comment.
  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

function emptyAttributes(): Record<string, string> {
  return Object.create(null) as Record<string, string>;
}
