/** Looking into the plain element objects that both roads of XML reading produce, in the shape of xml2js: text alone is a string; else `_` is the text, `$` the attributes, every other key a list of children. */
export type XmlNode = string | XmlElement;

/** Without prototype, so that no name of a document meets one of the language. */
export interface XmlElement {
  readonly [name: string]: unknown;
}

/** What the repair road adds to an element; none of these can be the name of an XML element. */
export interface RepairedElement {
  /** The inner markup in order, where the element has child elements and is one that holds text for people. */
  $html?: string;
  /** The xml:base in scope, absolute as far as it can be. */
  $base?: string;
}

/** A document, its names already in their usual prefixes and case. */
export interface XmlDocument {
  readonly rootName: string;
  readonly root: XmlElement;
  /** False where it was cut off. */
  readonly complete: boolean;
}

const NONE: readonly XmlNode[] = [];

export function children(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  if (node === undefined || typeof node === 'string') return NONE;
  const list = node[name];
  return Array.isArray(list) ? (list as XmlNode[]) : NONE;
}

export function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return children(node, name)[0];
}

/** Its own text, trimmed; '' where there is none. */
export function text(node: XmlNode | undefined): string {
  if (node === undefined) return '';
  if (typeof node === 'string') return node.trim();
  return typeof node._ === 'string' ? node._.trim() : '';
}

/** The text of the first child of that name that has any. */
export function childText(node: XmlNode | undefined, name: string): string | null {
  for (const one of children(node, name)) {
    const value = text(one);
    if (value !== '') return value;
  }
  return null;
}

/** An attribute, trimmed; null where it is missing or empty. */
export function attribute(node: XmlNode | undefined, name: string): string | null {
  if (node === undefined || typeof node === 'string') return null;
  const value = (node.$ as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Whether it has child elements. */
export function hasChildren(node: XmlNode): boolean {
  if (typeof node === 'string') return false;
  for (const key in node) if (key !== '_' && key !== '$' && !key.startsWith('$')) return true;
  return false;
}

/** The xml:base in scope, where the document sets one. */
export function baseOf(node: XmlNode | undefined): string | null {
  return typeof node === 'object' ? ((node as RepairedElement).$base ?? null) : null;
}
