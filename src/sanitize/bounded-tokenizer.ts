/** Bounds nesting for htmlparser2, which searches its whole stack at each end tag. */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { SELF_CLOSING_ELEMENTS } from '../text/markup.js';

const DEEPEST = 400;

type ParserCallbacks = TokenizerCallbacks & { readonly stack: readonly string[] };

/** Drops tags that nest more than 400 deep, and keeps their text. `<iframe … />` ends at once. */
export class BoundedTokenizer extends Tokenizer {
  readonly #bounds: Bounds;

  constructor(options: { xmlMode?: boolean; decodeEntities?: boolean }, parser: TokenizerCallbacks) {
    const bounds = new Bounds(parser as ParserCallbacks);
    super(options, bounds);
    this.#bounds = bounds;
  }

  override write(html: string): void {
    this.#bounds.html += html;
    super.write(html);
  }
}

class Bounds implements TokenizerCallbacks {
  html = '';
  /** Inside a dropped start tag. */
  #leftOut = false;
  /** Position of the name of the last start tag. */
  #name: readonly [start: number, end: number] = [0, 0];
  /** Open elements that were dropped, by name. */
  readonly #open = new Map<string, number>();

  constructor(private readonly parser: ParserCallbacks) {}

  onopentagname(start: number, end: number): void {
    this.#name = [start, end];
    this.#leftOut = this.parser.stack.length >= DEEPEST;
    if (this.#leftOut) this.#count(this.#readName(start, end), 1);
    else this.parser.onopentagname(start, end);
  }
  onopentagend(end: number): void {
    if (!this.#leftOut) this.parser.onopentagend(end);
    this.#leftOut = false;
  }
  onselfclosingtag(end: number): void {
    if (!this.#leftOut) this.parser.onselfclosingtag(end);
    this.#leftOut = false;
    if (SELF_CLOSING_ELEMENTS.has(this.#readName(...this.#name))) this.onclosetag(...this.#name);
  }
  onclosetag(start: number, end: number): void {
    const name = this.#open.size === 0 ? '' : this.#readName(start, end);
    if (this.#open.has(name)) this.#count(name, -1);
    else this.parser.onclosetag(start, end);
  }

  onattribname(start: number, end: number): void {
    if (!this.#leftOut) this.parser.onattribname(start, end);
  }
  onattribdata(start: number, end: number): void {
    if (!this.#leftOut) this.parser.onattribdata(start, end);
  }
  onattribentity(codepoint: number): void {
    if (!this.#leftOut) this.parser.onattribentity(codepoint);
  }
  onattribend(...args: Parameters<TokenizerCallbacks['onattribend']>): void {
    if (!this.#leftOut) this.parser.onattribend(...args);
  }

  ontext(start: number, end: number): void {
    this.parser.ontext(start, end);
  }
  ontextentity(codepoint: number, end: number): void {
    this.parser.ontextentity(codepoint, end);
  }
  oncdata(start: number, end: number, offset: number): void {
    this.parser.oncdata(start, end, offset);
  }
  oncomment(start: number, end: number, offset: number): void {
    this.parser.oncomment(start, end, offset);
  }
  ondeclaration(start: number, end: number): void {
    this.parser.ondeclaration(start, end);
  }
  onprocessinginstruction(start: number, end: number): void {
    this.parser.onprocessinginstruction(start, end);
  }
  onend(): void {
    this.parser.onend();
  }

  #readName(start: number, end: number): string {
    return this.html.slice(start, end).toLowerCase();
  }

  #count(name: string, by: number): void {
    const count = (this.#open.get(name) ?? 0) + by;
    if (count > 0) this.#open.set(name, count);
    else this.#open.delete(name);
  }
}
