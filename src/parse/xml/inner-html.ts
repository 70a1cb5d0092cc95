/** Serialises the elements inside a text to HTML in document order, which rss-parser and xml2js lose. */
import { htmlSafe, htmlText } from '../../text/escape.js';
import { type Attributes, HTML_VOID_ELEMENTS } from '../../text/markup.js';
import { ADDRESS_ATTRIBUTES, resolveUrl } from '../urls.js';
import type { Scope } from './scope.js';

export class InnerHtml {
  hasTags = false;
  private readonly parts: string[] = [];
  private readonly openTags: string[] = [];
  private readonly escapes: boolean;

  /** @param holder the element that contains the text. */
  constructor(
    readonly holder: string,
    attributes: Attributes | null,
    private readonly base: string | null,
  ) {
    this.escapes = isXml(holder, attributes);
  }

  openTag(name: string, written: string, attributes: Attributes, scope: Scope): void {
    this.hasTags = true;
    const tag = tagName(name, written);
    const list = Object.entries(attributes).map(([key, value]) => this.attribute(key, value, scope));
    this.openTags.push(tag);
    this.parts.push(`<${tag}${list.join('')}>`);
  }

  closeTag(): void {
    const tag = this.openTags.pop()!;
    if (!HTML_VOID_ELEMENTS.has(tag)) this.parts.push(`</${tag}>`);
  }

  addText(text: string, kind: 'text' | 'cdata'): void {
    this.parts.push(this.escapes || (kind === 'text' && this.openTags.length > 0) ? htmlText(text) : text);
  }

  html(): string {
    return this.parts.join('').trim();
  }

  private attribute(key: string, value: string, scope: Scope): string {
    if (key === 'xmlns' || key.startsWith('xmlns:') || key === 'xml:base') return '';
    const inner = scope.base !== null && scope.base !== this.base;
    const address = inner && ADDRESS_ATTRIBUTES.has(key) ? resolveUrl(value, scope.base) : value;
    return ` ${key}="${htmlSafe(address)}"`;
  }
}

/** Whether the text is plain (XHTML), so that `<` must be escaped for HTML. In RSS the text is HTML already. */
function isXml(holder: string, attributes: Attributes | null): boolean {
  const type = attributes?.type?.toLowerCase() ?? '';
  if (attributes?.mode?.toLowerCase() === 'escaped' || type === 'html' || type === 'text/html') return false;
  return !/^(?:description|abstract|content:encoded|itunes:|media:|dc:)/.test(holder);
}

/** Drops the prefixes of XHTML, SVG and MathML, because HTML has none. */
function tagName(name: string, written: string): string {
  if (/^(?:xhtml|svg|math):/.test(name)) return written.slice(written.indexOf(':') + 1);
  return written;
}
