/** HTML and XML as a flat run of tags and text, in linear time however deep they nest: come here to read markup, never to make it safe. */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

export type Attributes = Readonly<Record<string, string>>;

export interface MarkupReader {
  /** Attribute names are lower case; of two attributes with one name the first counts. */
  open(name: string, attributes: Attributes, isEmpty: boolean): void;
  close(name: string): void;
  /** A run of text may come in pieces. */
  text(value: string): void;
  /** The content of a CDATA section; HTML has none: browsers read one as a comment. */
  cdata?(value: string): void;
  /** Asked after each tag; true ends the reading. */
  done?(): boolean;
}

/** Elements that have no end tag (WHATWG HTML 13.1.2). */
export const HTML_VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** Attributes of one element; more are not read. */
const MOST_ATTRIBUTES = 100;

/** Reads HTML: element names in lower case, references decoded, comments and declarations left out. Never throws for what the input holds. */
export function readMarkup(html: string, reader: MarkupReader): void {
  readTags(html, reader, { xmlMode: false, decodeEntities: true });
}

/** Reads XML, which need not be well-formed: names as they are written, references left as they are. */
export function readXmlTags(xml: string, reader: MarkupReader): void {
  readTags(xml, reader, { xmlMode: true, decodeEntities: false });
}

interface Syntax {
  readonly xmlMode: boolean;
  readonly decodeEntities: boolean;
}

function readTags(markup: string, reader: MarkupReader, syntax: Syntax): void {
  const tokenizer = new Tokenizer(syntax, new Tags(markup, reader, syntax, () => tokenizer.pause()));
  tokenizer.write(markup);
  tokenizer.end();
}

/** Puts the tokenizer's pieces together, which it gives as offsets. */
class Tags implements TokenizerCallbacks {
  #name = '';
  #attribute = '';
  #value = '';
  #count = 0;
  #attributes: Record<string, string> = {};

  constructor(
    private readonly markup: string,
    private readonly reader: MarkupReader,
    private readonly syntax: Syntax,
    private readonly stop: () => void,
  ) {}

  ontext(start: number, end: number): void {
    // A tag that is cut off at the end of the input is given as a text from -1 on.
    if (start >= 0) this.reader.text(this.markup.slice(start, end));
  }
  ontextentity(codepoint: number): void {
    this.reader.text(String.fromCodePoint(codepoint));
  }
  oncdata(start: number, end: number, endOffset: number): void {
    this.reader.cdata?.(this.markup.slice(start, end - endOffset));
  }
  onopentagname(start: number, end: number): void {
    this.#name = this.nameAt(start, end);
    this.#attributes = Object.create(null);
    this.#count = 0;
  }
  onattribname(start: number, end: number): void {
    this.#attribute = this.markup.slice(start, end).toLowerCase();
    this.#value = '';
  }
  onattribdata(start: number, end: number): void {
    this.#value += this.markup.slice(start, end);
  }
  onattribentity(codepoint: number): void {
    this.#value += String.fromCodePoint(codepoint);
  }
  onattribend(): void {
    if (++this.#count > MOST_ATTRIBUTES || this.#attribute in this.#attributes) return;
    this.#attributes[this.#attribute] = this.#value;
  }
  onopentagend(): void {
    this.openTag(false);
  }
  onselfclosingtag(): void {
    this.openTag(true);
  }
  onclosetag(start: number, end: number): void {
    this.reader.close(this.nameAt(start, end));
    this.stopIfDone();
  }
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  private openTag(isEmpty: boolean): void {
    this.reader.open(this.#name, this.#attributes, isEmpty);
    this.stopIfDone();
  }

  private nameAt(start: number, end: number): string {
    const name = this.markup.slice(start, end);
    return this.syntax.xmlMode ? name : name.toLowerCase();
  }

  private stopIfDone(): void {
    if (this.reader.done?.() === true) this.stop();
  }
}
