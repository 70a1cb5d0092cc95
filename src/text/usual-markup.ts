/** The markup that nearly every article uses, read at a glance: three times as fast as the tokenizer, to which everything else is left. */
import { bareObject } from './bare-object.js';
import type { Attributes, MarkupReader } from './markup.js';
import { namedCharacter } from './named-character.js';
import { RecentNames } from './recent-names.js';

/**
 * Tells the reader what the tokenizer would, in the same pieces, up to the first thing that is not usual: a declaration, a
 * script, a tag that is broken, a reference without an end.
 * @param piece how many characters the tokenizer is given at once: there a text is parted, and the reader asked whether it
 *   has enough.
 * @returns where the tokenizer must go on; null where nothing is left, or nothing more is wanted.
 */
export function readUsual(html: string, reader: MarkupReader, piece: number): number | null {
  const usual = new UsualMarkup(html, reader, piece);
  return usual.read();
}

/** What is in them is no markup. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp']);

/** Most tags have none. */
const NO_ATTRIBUTES: Attributes = Object.freeze(bareObject<Attributes>());

/** Longer ones are garbage. */
const LONGEST_NAME = 40;

const BANG = 33;
const QUOTE = 34;
const NUMBER = 35;
const APOSTROPHE = 39;
const SLASH = 47;
const SEMICOLON = 59;
const EQUALS = 61;
const GREATER = 62;

class UsualMarkup {
  readonly #html: string;
  readonly #reader: MarkupReader;
  readonly #piece: number;
  /** All before it was told. */
  #at = 0;
  #boundary: number;
  #ampersand = -1;
  /** Where the tag or value ends that was looked at last. */
  #end = 0;
  #enough = false;

  constructor(html: string, reader: MarkupReader, piece: number) {
    this.#html = html;
    this.#reader = reader;
    this.#piece = piece;
    this.#boundary = piece;
  }

  read(): number | null {
    const html = this.#html;
    while (this.#at < html.length) {
      const open = html.indexOf('<', this.#at);
      if (!this.#readText(open < 0 ? html.length : open) || (open >= 0 && !this.#readTag(open))) break;
    }
    const asked = this.#boundary > this.#at || this.#enough || this.#goesOn();
    return this.#enough || !asked || this.#at >= html.length ? null : this.#at;
  }

  /** Up to `end`; false where that is not usual, or enough. */
  #readText(end: number): boolean {
    for (let at = this.#nextAmpersand(this.#at); at < end; at = this.#nextAmpersand(at + 1)) {
      const sign = this.#referenceAt(at);
      if (sign === null) return false;
      if (sign === '') continue;
      if (!this.#tell(at)) return false;
      this.#reader.text(sign);
      this.#at = this.#end;
    }
    return this.#tell(end);
  }

  #nextAmpersand(from: number): number {
    if (this.#ampersand >= from) return this.#ampersand;
    const at = this.#html.indexOf('&', from);
    this.#ampersand = at < 0 ? this.#html.length : at;
    return this.#ampersand;
  }

  /** The text up to `end` as it stands. */
  #tell(end: number): boolean {
    while (this.#boundary < end || this.#boundary <= this.#at) {
      if (this.#boundary > this.#at) this.#reader.text(this.#html.slice(this.#at, this.#boundary));
      this.#at = Math.max(this.#at, this.#boundary);
      if (!this.#goesOn()) return false;
    }
    if (end > this.#at) this.#reader.text(this.#html.slice(this.#at, end));
    this.#at = end;
    return this.#boundary > end || this.#goesOn();
  }

  #goesOn(): boolean {
    this.#boundary += this.#piece;
    this.#enough = this.#reader.done?.() === true;
    return !this.#enough;
  }

  /** What a reference stands for, and where it ends; empty where an ampersand stands for itself, null where we do not know. */
  #referenceAt(at: number): string | null {
    const html = this.#html;
    const piece = Math.min(html.length, at - (at % this.#piece) + this.#piece);
    const first = html.charCodeAt(at + 1);
    if (!isWordSign(first) && first !== NUMBER) return at + 1 < piece ? '' : null;
    let end = at + 2;
    while (end - at < LONGEST_NAME && isWordSign(html.charCodeAt(end))) end++;
    if (html.charCodeAt(end) !== SEMICOLON || end >= piece) return null;
    this.#end = end + 1;
    return namedCharacter(html.slice(at + 1, end));
  }

  #readTag(open: number): boolean {
    const html = this.#html;
    const first = html.charCodeAt(open + 1);
    if (first === SLASH) return this.#readEndTag(open + 2);
    if (first === BANG) return this.#readComment(open);
    const end = this.#endOfName(open + 1);
    if (end < 0) return false;
    const name = names.lowerAt(html, open + 1, end);
    const attributes = RAW.has(name) ? null : this.#attributesAt(end);
    if (attributes === null || !this.#passed()) return false;
    this.#reader.open(name, attributes);
    return true;
  }

  #readEndTag(start: number): boolean {
    const html = this.#html;
    const end = this.#endOfName(start);
    const next = html.charCodeAt(end);
    const close = next === GREATER ? end : isSpace(next) ? html.indexOf('>', end) : -1;
    if (end < 0 || close < 0) return false;
    this.#end = end + 1;
    if (!this.#passed()) return false;
    this.#reader.close(names.lowerAt(html, start, end));
    this.#end = close + 1;
    return this.#passed();
  }

  /** `<!-->` is one, too. */
  #readComment(open: number): boolean {
    const close = this.#html.startsWith('<!--', open) ? this.#html.indexOf('-->', open + 2) : -1;
    if (close < 0) return false;
    this.#end = close + 3;
    return this.#passed();
  }

  /** Over the tag that was looked at; false where the reader has enough. */
  #passed(): boolean {
    while (this.#boundary < this.#end) if (!this.#goesOn()) return false;
    this.#at = this.#end;
    return true;
  }

  /** Of a tag; -1 where none begins. */
  #endOfName(start: number): number {
    const html = this.#html;
    if (!isLetter(html.charCodeAt(start))) return -1;
    let end = start + 1;
    while (isNameSign(html.charCodeAt(end))) end++;
    return end - start > LONGEST_NAME ? -1 : end;
  }

  /** The attributes of a tag whose name ends at `from`; null where they are not usual. */
  #attributesAt(from: number): Attributes | null {
    const html = this.#html;
    let attributes: Record<string, string> | null = null;
    for (let at = from; ; at = this.#end) {
      while (isSpace(html.charCodeAt(at))) at++;
      const close = html.charCodeAt(at) === SLASH ? at + 1 : at;
      if (html.charCodeAt(close) === GREATER) {
        this.#end = close + 1;
        return attributes ?? NO_ATTRIBUTES;
      }
      const end = this.#endOfName(at);
      const value = end < 0 ? null : this.#valueAt(end);
      if (value === null) return null;
      const name = names.lowerAt(html, at, end);
      attributes ??= bareObject();
      if (attributes[name] === undefined) attributes[name] = value;
    }
  }

  /** Of an attribute whose name ends at `from`: in quotes, or none at all. */
  #valueAt(from: number): string | null {
    const html = this.#html;
    const sign = html.charCodeAt(from);
    if (sign !== EQUALS) {
      this.#end = from;
      return sign === GREATER || sign === SLASH || (isSpace(sign) && isLetter(html.charCodeAt(from + 1))) ? '' : null;
    }
    const quote = html.charCodeAt(from + 1);
    const close = quote === QUOTE || quote === APOSTROPHE ? html.indexOf(html[from + 1]!, from + 2) : -1;
    if (close < 0) return null;
    const value = this.#decoded(from + 2, close);
    this.#end = close + 1;
    return value;
  }

  /** A value with its references read. */
  #decoded(start: number, end: number): string | null {
    const html = this.#html;
    let value = '';
    let told = start;
    for (let at = this.#nextAmpersand(start); at < end; at = this.#nextAmpersand(at + 1)) {
      const sign = this.#referenceAt(at);
      if (sign === null) return null;
      if (sign === '') continue;
      value += html.slice(told, at) + sign;
      told = this.#end;
    }
    return told === start ? html.slice(start, end) : value + html.slice(told, end);
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 12 || code === 13;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isWordSign(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57);
}

/** What names of elements and attributes are made of: `data-src`, `xml:lang`. */
function isNameSign(code: number): boolean {
  return isWordSign(code) || code === 45 || code === 58 || code === 95;
}

const names = new RecentNames();
