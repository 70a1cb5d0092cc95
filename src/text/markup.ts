/** Reads HTML and XML as a flat sequence of tags and text, in linear time at any depth. Does not sanitise. */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

export type Attributes = Readonly<Record<string, string>>;

export interface MarkupReader {
  /** Attribute names are lower case; of duplicates the first counts. `start`: offset of the tag. */
  open(name: string, attributes: Attributes, isEmpty: boolean, start: number): void;
  close(name: string): void;
  /** Adjacent text may arrive in several calls. */
  text(value: string): void;
  /** Content of a CDATA section. Not called for HTML, where browsers treat CDATA as a comment. */
  cdata?(value: string): void;
  /** Called after each tag; true stops reading. */
  done?(): boolean;
}

/** Elements without an end tag (WHATWG HTML 13.1.2). */
export const HTML_VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** Elements that programs write as XML (`<iframe … />`). Otherwise they would contain the rest of the page. */
export const SELF_CLOSING_ELEMENTS: ReadonlySet<string> = new Set(
  'audio canvas iframe noscript object script style svg template textarea title video'.split(' '),
);

const NONE: Attributes = Object.freeze(Object.create(null));

/** Limit per element; further attributes are ignored. */
const MOST_ATTRIBUTES = 100;

/** HTML: lower-case element names, decoded references, no comments and declarations. Never throws. */
export function readMarkup(html: string, reader: MarkupReader): void {
  readTags(html, reader, { xmlMode: false, decodeEntities: true });
}

/** XML, even malformed: names keep their case, references are not decoded. */
export function readXmlTags(xml: string, reader: MarkupReader): void {
  readTags(xml, reader, { xmlMode: true, decodeEntities: false });
}

/** As `readXmlTags`, with XML's own references decoded. */
export function readXmlDecoded(xml: string, reader: MarkupReader): void {
  readTags(xml, reader, { xmlMode: true, decodeEntities: true });
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

class Tags implements TokenizerCallbacks {
  #name = '';
  #start = 0;
  #attribute = '';
  #value = '';
  #count = 0;
  #attributes: Record<string, string> | null = null;

  constructor(
    private readonly markup: string,
    private readonly reader: MarkupReader,
    private readonly syntax: Syntax,
    private readonly stop: () => void,
  ) {}

  ontext(start: number, end: number): void {
    // The tokenizer reports a tag that the end of input truncates as text that starts at -1.
    if (start >= 0) this.reader.text(this.markup.slice(start, end));
  }
  ontextentity(codepoint: number): void {
    this.reader.text(String.fromCodePoint(codepoint));
  }
  oncdata(start: number, end: number, endOffset: number): void {
    this.reader.cdata?.(this.markup.slice(start, end - endOffset));
  }
  onopentagname(start: number, end: number): void {
    this.#name = this.readName(start, end);
    this.#start = start - 1;
    this.#attributes = null;
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
    this.#attributes ??= Object.create(null) as Record<string, string>;
    if (++this.#count <= MOST_ATTRIBUTES) this.#attributes[this.#attribute] ??= this.#value;
  }
  onopentagend(): void {
    this.openTag(false);
  }
  onselfclosingtag(): void {
    this.openTag(true);
  }
  onclosetag(start: number, end: number): void {
    this.reader.close(this.readName(start, end));
    this.stopIfDone();
  }
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  private openTag(isEmpty: boolean): void {
    this.reader.open(this.#name, this.#attributes ?? NONE, isEmpty, this.#start);
    if (isEmpty && !this.syntax.xmlMode && SELF_CLOSING_ELEMENTS.has(this.#name)) this.reader.close(this.#name);
    this.stopIfDone();
  }

  private readName(start: number, end: number): string {
    const name = this.markup.slice(start, end);
    return this.syntax.xmlMode ? name : name.toLowerCase();
  }

  private stopIfDone(): void {
    if (this.reader.done?.() === true) this.stop();
  }
}
