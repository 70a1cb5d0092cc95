/** XML elements as plain objects, in the shape of xml2js, and functions that look into them. */
import type { Attributes } from '../../text/markup.js';

/** An element that has nothing but text is that text. */
export type XmlNode = string | XmlElement;

/** Every key but these is a name, its value the list of children of that name. */
export interface XmlElement {
  readonly [name: string]: unknown;
  /** Its own text. */
  _?: string;
  $?: Attributes;
  /** Of the tolerant parser: the inner markup in order, where the element has child elements and is one that holds text for people. */
  $html?: string;
  /** Of the tolerant parser: the xml:base in scope, absolute as far as it can be. */
  $base?: string;
}

/** A document; its names are canonical (`namespaces.ts`). */
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
export function elementText(node: XmlNode | undefined): string {
  if (node === undefined) return '';
  if (typeof node === 'string') return node.trim();
  return node._?.trim() ?? '';
}

/** The text of the first child of that name that has any. */
export function childText(node: XmlNode | undefined, name: string): string | null {
  for (const one of children(node, name)) {
    const value = elementText(one);
    if (value !== '') return value;
  }
  return null;
}

/** An attribute, trimmed; null where it is missing or empty. */
export function attribute(node: XmlNode | undefined, name: string): string | null {
  if (node === undefined || typeof node === 'string') return null;
  const value = node.$?.[name]?.trim() ?? '';
  return value === '' ? null : value;
}

/** Whether it has child elements. */
export function hasChildren(node: XmlNode): boolean {
  if (typeof node === 'string') return false;
  for (const key in node) if (key !== '_' && !key.startsWith('$')) return true;
  return false;
}

/** The xml:base in scope, where the document sets one. */
export function baseOf(node: XmlNode | undefined): string | null {
  return typeof node === 'object' ? (node.$base ?? null) : null;
}
