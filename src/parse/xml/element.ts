/** XML elements as plain objects in the shape of xml2js, with accessor functions. */
import type { Attributes } from '../../text/markup.js';

/** An element with text only is a string. */
export type XmlNode = string | XmlElement;

/** All other keys are element names, with lists of child elements. */
export interface XmlElement {
  readonly [name: string]: unknown;
  _?: string;
  $?: Attributes;
  /** Inner markup in document order. Set by the tolerant parser for text elements with child elements. */
  $html?: string;
  /** The xml:base in scope, absolute if possible. Set by the tolerant parser. */
  $base?: string;
}

/** A document with canonical names (`namespaces.ts`). */
export interface XmlDocument {
  readonly rootName: string;
  readonly root: XmlElement;
  /** False: truncated. */
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

/** The element's own text, trimmed; '' if missing. */
export function elementText(node: XmlNode | undefined): string {
  if (node === undefined) return '';
  if (typeof node === 'string') return node.trim();
  return node._?.trim() ?? '';
}

/** The first non-empty text. */
export function childText(node: XmlNode | undefined, name: string): string | null {
  for (const one of children(node, name)) {
    const value = elementText(one);
    if (value !== '') return value;
  }
  return null;
}

/** Trimmed; null: missing or empty. */
export function attribute(node: XmlNode | undefined, name: string): string | null {
  if (node === undefined || typeof node === 'string') return null;
  const value = node.$?.[name]?.trim() ?? '';
  return value === '' ? null : value;
}

export function hasChildren(node: XmlNode): boolean {
  if (typeof node === 'string') return false;
  for (const key in node) if (key !== '_' && !key.startsWith('$')) return true;
  return false;
}

/** null: the document declares none. */
export function findXmlBase(node: XmlNode | undefined): string | null {
  return typeof node === 'object' ? (node.$base ?? null) : null;
}
