/** Well-formed XML as nearly every feed is written in it, read at a glance into the elements that the repair would make of it. Whatever else stands in a document is left to the other roads. */
import { bareObject } from '../text/bare-object.js';
import { RecentNames } from '../text/recent-names.js';
import type { RepairedElement, XmlDocument, XmlNode } from './element.js';
import { LIMITS } from './limits.js';
import { decodeReferences, NO_ENTITIES } from './repair/references.js';
import { type Attributes, enter, nameIn, OUTERMOST, ownPrefix, type Scope, usualAttributes } from './repair/scope.js';
import { endsBefore, HOLDS_ITEMS, ITEMS, MARKUP } from './repair/vocabulary.js';
import type { Root } from './root.js';

/**
 * The document, or null at the first thing that a repair would have to look at: a document type, a tag that is broken or closed in
 * another order, an item in an item, elements inside a text. Linear. With the mapping after it, it takes a third of
 * the time of rss-parser alone (`bench/parse.mjs`).
 * @param documentBase where the document came from.
 */
export function readUsual(text: string, root: Root, documentBase: string | null): XmlDocument | null {
  if (text.slice(0, root.start).includes('<!DOCTYPE')) return null;
  if (FORBIDDEN.test(text) || !text.isWellFormed()) return null;
  return new UsualXml(text, root.start, documentBase).read();
}

/** What the repair drops. */
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff]/;

type Element = Record<string, unknown> & RepairedElement;

/** A name at its place below the root, with what was met inside it so far: a document writes the same dozen of names again and again. */
interface Place {
  readonly name: string;
  readonly scope: Scope;
  readonly depth: number;
  /** By their names as written; null: it cannot stand here. */
  readonly inside: Map<string, Place | null>;
}

/** An element that is still open. */
interface Open {
  readonly written: string;
  readonly place: Place;
  /** Null where it is text alone so far. */
  element: Element | null;
  text: string;
  /** Whether CDATA was in it: then white space counts. */
  hasCdata: boolean;
}

const BANG = 33;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const EQUALS = 61;
const GREATER = 62;
const BRACKET = 91;

const names = new RecentNames();

class UsualXml {
  readonly #text: string;
  readonly #documentBase: string | null;
  readonly #open: Open[] = [];
  /** All before it was read. */
  #at: number;
  /** The prefix of the vocabulary that the root is in. */
  #own = '';
  #root: Open | null = null;
  /** Whether an attribute that was read last says something about names or addresses. */
  #declares = false;

  constructor(text: string, start: number, documentBase: string | null) {
    this.#text = text;
    this.#at = start;
    this.#documentBase = documentBase;
  }

  read(): XmlDocument | null {
    const text = this.#text;
    for (let open = this.#at; open >= 0; open = text.indexOf('<', this.#at)) {
      if (open > this.#at) this.#addText(decodeReferences(text.slice(this.#at, open), NO_ENTITIES));
      if (!this.#readMarkup(open)) return null;
    }
    if (this.#root === null || this.#open.length > 0) return null;
    return { rootName: this.#root.place.name, root: this.#root.element!, complete: true };
  }

  #readMarkup(open: number): boolean {
    const next = this.#text.charCodeAt(open + 1);
    if (next === SLASH) return this.#readEndTag(open + 2);
    if (next !== BANG) return this.#readTag(open + 1);
    return this.#text.charCodeAt(open + 2) === BRACKET ? this.#readCdata(open) : this.#readComment(open);
  }

  #readCdata(open: number): boolean {
    const close = this.#text.startsWith('<![CDATA[', open) ? this.#text.indexOf(']]>', open + 9) : -1;
    if (close < 0) return false;
    this.#addText(this.#text.slice(open + 9, close));
    const top = this.#open.at(-1);
    if (top) top.hasCdata = true;
    this.#at = close + 3;
    return true;
  }

  /** `<!-->` is one, too. The repair asks what to make of one that holds the beginning of CDATA. */
  #readComment(open: number): boolean {
    const close = this.#text.startsWith('<!--', open) ? this.#text.indexOf('-->', open + 2) : -1;
    this.#at = close + 3;
    return close >= 0 && !this.#text.slice(open, close).includes('<![');
  }

  #addText(text: string): void {
    const top = this.#open.at(-1);
    if (top) top.text = top.text === '' ? text : top.text + text;
  }

  #readEndTag(start: number): boolean {
    const text = this.#text;
    const top = this.#open.pop();
    if (top === undefined || !text.startsWith(top.written, start)) return false;
    const close = this.#pastSpace(start + top.written.length);
    if (text.charCodeAt(close) !== GREATER) return false;
    this.#close(top);
    this.#at = close + 1;
    return true;
  }

  #readTag(start: number): boolean {
    const text = this.#text;
    const end = this.#endOfName(start);
    const parent = this.#open.at(-1);
    if (end < 0 || (parent === undefined && this.#root !== null)) return false;
    const written = names.at(text, start, end);
    const attributes = this.#attributesAt(end);
    if (attributes === undefined) return false;
    const place = this.#placeOf(written, parent?.place ?? null, attributes);
    if (place === null) return false;
    const open: Open = { written, place, element: elementOf(attributes, place.scope), text: '', hasCdata: false };
    if (parent === undefined) {
      open.element ??= bareObject<Element>();
      this.#root = open;
    }
    if (text.charCodeAt(this.#at - 2) === SLASH) this.#close(open, parent);
    else this.#open.push(open);
    return true;
  }

  /** Null where the repair would close something before it. */
  #placeOf(written: string, parent: Place | null, attributes: Attributes | null): Place | null {
    const outer = parent?.scope ?? OUTERMOST;
    if (parent === null || (attributes !== null && this.#declares))
      return this.#newPlace(written, parent, enter(outer, attributes ?? {}, this.#documentBase));
    let place = parent.inside.get(written);
    if (place === undefined) {
      place = this.#newPlace(written, parent, outer);
      parent.inside.set(written, place);
    }
    return place;
  }

  #newPlace(written: string, parent: Place | null, scope: Scope): Place | null {
    if (parent === null) this.#own = ownPrefix(scope, written);
    const name = nameIn(scope, written, this.#own);
    const stands = parent === null || canStandIn(parent, name);
    return stands ? { name, scope, depth: (parent?.depth ?? 0) + 1, inside: new Map() } : null;
  }

  #close(open: Open, parent = this.#open.at(-1)): void {
    const { element, text } = open;
    const says = open.hasCdata || /\S/.test(text);
    if (element !== null && says) element._ = text;
    if (parent === undefined) return;
    parent.element ??= bareObject<Element>();
    append(parent.element, open.place.name, element ?? (says ? text : ''));
  }

  #pastSpace(from: number): number {
    let at = from;
    while (isSpace(this.#text.charCodeAt(at))) at++;
    return at;
  }

  /** Of an element or attribute; -1 where none begins. */
  #endOfName(start: number): number {
    const text = this.#text;
    if (!isNameStart(text.charCodeAt(start))) return -1;
    let end = start + 1;
    while (isNameSign(text.charCodeAt(end))) end++;
    return end;
  }

  /** The attributes of a tag whose name ends at `from`, null where there are none; undefined where they are not usual. */
  #attributesAt(from: number): Attributes | null | undefined {
    const text = this.#text;
    let attributes: Attributes | null = null;
    this.#declares = false;
    for (let at = this.#pastSpace(from), count = 0; count <= LIMITS.attributes; count++) {
      const close = text.charCodeAt(at) === SLASH ? at + 1 : at;
      if (text.charCodeAt(close) === GREATER) {
        this.#at = close + 1;
        return attributes;
      }
      const end = this.#endOfName(at);
      const open = end < 0 || text.charCodeAt(end) !== EQUALS ? -1 : end + 1;
      const quote = open < 0 ? 0 : text.charCodeAt(open);
      const shut = quote === QUOTE || quote === APOSTROPHE ? text.indexOf(text[open]!, open + 1) : -1;
      if (shut < 0) return undefined;
      const name = names.lowerAt(text, at, end);
      const value = text.slice(open + 1, shut);
      attributes ??= bareObject<Attributes>();
      if (name in attributes || value.includes('<')) return undefined;
      attributes[name] = decodeReferences(value, NO_ENTITIES);
      if (name.startsWith('xml')) this.#declares = true;
      at = this.#pastSpace(shut + 1);
    }
    return undefined;
  }
}

/** Whether nothing that is open would have to be closed before it. */
function canStandIn({ name: holder, depth }: Place, name: string): boolean {
  if (MARKUP.has(holder) || depth + 1 >= LIMITS.depth) return false;
  return depth === 1 || !((ITEMS.has(name) && !HOLDS_ITEMS.has(holder)) || endsBefore(holder, name));
}

function elementOf(attributes: Attributes | null, scope: Scope): Element | null {
  if (attributes === null && scope.base === null) return null;
  const element = bareObject<Element>();
  if (attributes !== null) element.$ = usualAttributes(attributes, scope);
  if (scope.base !== null) element.$base = scope.base;
  return element;
}

function append(parent: Element, name: string, node: XmlNode): void {
  const list = parent[name];
  if (Array.isArray(list)) list.push(node);
  else parent[name] = [node];
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13;
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isNameSign(code: number): boolean {
  return isNameStart(code) || (code >= 45 && code <= 58 && code !== SLASH);
}
