/** Reads human-readable text: HTML in RSS, by `type` in Atom (RFC 4287 3.1, 4.1.3; Atom 0.3 `mode`). */
import type { Text } from '../../model/item.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { attribute, children, elementText, findXmlBase, type XmlNode } from '../xml/element.js';
import type { MappingContext } from './mapping-context.js';

export type TextLength = 'line' | 'html';

export function readFirstText(
  parent: XmlNode,
  names: readonly string[],
  length: TextLength,
  context: MappingContext,
): Text | null {
  for (const name of names) {
    for (const node of children(parent, name)) {
      const found = readTextConstruct(node, isAtom(name, context), length, context);
      if (found) return found;
    }
  }
  return null;
}

/** In Atom feeds, Atom names have no prefix. Elsewhere they have one. */
function isAtom(name: string, context: MappingContext): boolean {
  return context.format === 'atom' ? !name.includes(':') : name.startsWith('atom:');
}

function readTextConstruct(node: XmlNode, atom: boolean, length: TextLength, context: MappingContext): Text | null {
  const markup = typeof node === 'object' ? node.$html : undefined;
  const read =
    markup === undefined ? readTypedText(node, atom) : { type: 'html' as const, value: stripOuterDiv(markup) };
  const value = truncateToLimit(read.value, length, context);
  return value === '' ? null : { type: read.type, value, base: read.type === 'html' ? findXmlBase(node) : null };
}

function readTypedText(node: XmlNode, atom: boolean): { type: Text['type']; value: string } {
  const value = elementText(node);
  const mode = attribute(node, 'mode')?.toLowerCase() ?? null;
  const type = attribute(node, 'type')?.toLowerCase().replace(/;.*/s, '').trim() ?? null;
  if (mode === 'base64' || (atom && isBinaryType(type, mode))) return decodeBase64(value, type);
  if (!atom || isHtmlType(type)) return { type: 'html', value };
  // Atom 0.3 feeds often escape HTML without declaring it. Some Atom 1.0 feeds omit the type.
  const isHtml = mode === 'escaped' ? LOOKS_LIKE_HTML.test(value) : type === null && SURELY_HTML.test(value);
  return { type: isHtml ? 'html' : 'text', value };
}

/** A text about markup may name a tag, but does not contain paragraphs, or links and pictures with addresses. */
const SURELY_HTML = /<\/p>|<(?:a|img)\s(?:[^<>]{0,200}\s)?(?:href|src)=["']?(?:https?:)?\//i;

const LOOKS_LIKE_HTML = /<\/?[a-z][a-z0-9]{0,12}(?:\s[^<>]{0,2000})?\/?>|&(?:#\d{1,7}|[a-z]{2,8});/i;

function isHtmlType(type: string | null): boolean {
  return type !== null && /^(?:html|xhtml|text\/html|application\/xhtml\+xml|text\/x-html)$/.test(type);
}

/** RFC 4287 4.1.3.3: types other than text and XML are base64. */
function isBinaryType(type: string | null, mode: string | null): boolean {
  return (
    mode === null && type !== null && type.includes('/') && !/^text\/|[/+]xml$|^application\/(?:xhtml|json)/.test(type)
  );
}

function decodeBase64(value: string, type: string | null): { type: Text['type']; value: string } {
  if (!/^[A-Za-z0-9+/=_\s-]*$/.test(value)) return { type: 'html', value };
  const decoded = Buffer.from(value, 'base64').toString('utf8').trim();
  if (decoded.includes('\ufffd') || decoded.includes('\0')) return { type: 'text', value: '' };
  return { type: type === null || isHtmlType(type) || LOOKS_LIKE_HTML.test(decoded) ? 'html' : 'text', value: decoded };
}

/** RFC 4287 3.1.1.3: the `div` around XHTML is not part of it. */
function stripOuterDiv(markup: string): string {
  const inner = /^<div[^<>]*>([\s\S]*)<\/div>$/.exec(markup)?.[1];
  return inner !== undefined && isOneElement(inner) ? inner.trim() : markup;
}

/** Whether all `div`s that begin in the markup also end in it. */
function isOneElement(inner: string): boolean {
  let depth = 0;
  for (const [, slash] of inner.matchAll(/<(\/?)div[\s>]/g)) {
    depth += slash === '/' ? -1 : 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function truncateToLimit(value: string, length: TextLength, context: MappingContext): string {
  const most = PARSE_LIMITS[length];
  if (value.length <= most) return value;
  context.warnings.add(`a text was cut at ${most} characters`);
  return truncateText(value, most);
}
