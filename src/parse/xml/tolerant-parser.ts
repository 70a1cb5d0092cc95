/** Reads malformed XML: builds the same elements as rss-parser. Takes linear time, without recursion. */
import { ParseError } from '../../model/errors.js';
import { type Attributes, readXmlTags } from '../../text/markup.js';
import { PARSE_LIMITS } from '../limits.js';
import type { Warnings } from '../warnings.js';
import type { XmlDocument, XmlElement, XmlNode } from './element.js';
import { InnerHtml } from './inner-html.js';
import { type PreprocessedXml, preprocess } from './preprocess.js';
import { decodeReferences } from './references.js';
import type { FeedRoot } from './root.js';
import { createScope, findRootPrefix, OUTERMOST_SCOPE, resolveAttributes, resolveName, type Scope } from './scope.js';
import { ITEM_ELEMENTS, ITEM_HOLDERS, impliesMissingEnd, STRUCTURE_ELEMENTS, TEXT_ELEMENTS } from './vocabulary.js';

/** @param documentUrl base of xml:base and of addresses in texts. @throws {ParseError} PARSE_MALFORMED: no element. */
export function parseTolerantly(
  text: string,
  root: FeedRoot,
  documentUrl: string | null,
  warnings: Warnings,
): XmlDocument {
  const document = new TreeBuilder(preprocess(text, root.start, warnings), documentUrl, warnings).read();
  if (!document) throw new ParseError('PARSE_MALFORMED', 'no element in this document could be read');
  return document;
}

/** An element without an end tag so far. */
interface OpenElement {
  readonly name: string;
  readonly scope: Scope;
  readonly element: Record<string, unknown> & XmlElement;
  readonly texts: string[];
  /** White space is significant if the element contains CDATA. */
  hasCdata: boolean;
  /** The markup that it contains or belongs to. */
  readonly markup: InnerHtml | null;
}

/** Recognised at any depth, since an item ends all open elements. */
const MAY_BE_ITEM = /(?:^|:)(?:item|entry)$/i;

class TreeBuilder {
  private readonly open: OpenElement[] = [];
  private readonly openNames = new Map<string, number>();
  private tooDeep = 0;
  private root: OpenElement | null = null;
  /** Canonical prefix of the root's vocabulary, whose names are used without it. */
  private own = '';

  constructor(
    private readonly xml: PreprocessedXml,
    private readonly documentUrl: string | null,
    private readonly warnings: Warnings,
  ) {}

  read(): XmlDocument | null {
    readXmlTags(this.xml.text, {
      open: (name, attributes, isEmpty) => this.openElement(name, attributes, isEmpty),
      close: (name) => this.closeElement(name),
      text: (text) => this.addText(this.decoded(text), 'text'),
      cdata: (text) => this.addText(text, 'cdata'),
    });
    if (!this.root) return null;
    const complete = this.open.length === 0;
    if (!complete) this.closeCutOff();
    return { rootName: this.root.name, root: this.root.element, complete };
  }

  private decoded(text: string): string {
    return decodeReferences(text, this.xml.entities);
  }

  private openElement(written: string, attributes: Attributes, isEmpty: boolean): void {
    if (this.open.length >= PARSE_LIMITS.depth && !MAY_BE_ITEM.test(written)) {
      if (!isEmpty) this.tooDeep += 1;
      return;
    }
    const decoded: Record<string, string> = Object.create(null);
    for (const [name, value] of Object.entries(attributes)) decoded[name] = this.decoded(value);
    const parentScope = this.open.at(-1)?.scope ?? this.root?.scope ?? OUTERMOST_SCOPE;
    const scope = createScope(parentScope, decoded, this.documentUrl);
    if (!this.root) this.own = findRootPrefix(scope, written);
    const name = resolveName(scope, written, this.own);
    this.closeUnclosed(name);
    this.push(name, written, decoded, scope);
    if (isEmpty) this.pop();
    if (this.open.length === PARSE_LIMITS.depth)
      this.warnings.add(`elements more than ${PARSE_LIMITS.depth} deep lost their tags`);
  }

  private push(name: string, written: string, attributes: Attributes, scope: Scope): void {
    const parent = this.open.at(-1);
    const canonical = resolveAttributes(attributes, scope);
    const element: OpenElement['element'] = Object.create(null);
    if (canonical) element.$ = canonical;
    if (scope.base !== null) element.$base = scope.base;
    const markup = parent?.markup ?? (TEXT_ELEMENTS.has(name) ? new InnerHtml(name, canonical, scope.base) : null);
    if (parent?.markup) parent.markup.openTag(name, written, attributes, scope);
    const frame: OpenElement = { name, scope, element, texts: [], hasCdata: false, markup };
    this.open.push(frame);
    this.openNames.set(name, (this.openNames.get(name) ?? 0) + 1);
    this.root ??= frame;
  }

  /** An item inside an item, or a field inside a title, indicates a missing end tag. */
  private closeUnclosed(next: string): void {
    while (ITEM_ELEMENTS.has(next) && this.open.length > 1 && !ITEM_HOLDERS.has(this.open.at(-1)!.name)) {
      this.closeThrough(this.open.at(-1)!);
    }
    const holder = this.open.findLast((frame) => frame.markup === null || frame.markup.holder === frame.name);
    if (holder && impliesMissingEnd(holder.name, next) && this.open.length > 1) this.closeThrough(holder);
  }

  private closeThrough(unclosed: OpenElement): void {
    this.warnings.add(`<${unclosed.name.slice(0, 40)}> was never closed`);
    while (this.open.at(-1) !== unclosed) this.pop();
    this.pop();
  }

  private closeElement(written: string): void {
    const top = this.open.at(-1);
    if (!top) return;
    const name = resolveName(top.scope, written, this.own);
    if (this.tooDeep > 0) {
      if (!STRUCTURE_ELEMENTS.has(name)) {
        this.tooDeep -= 1;
        return;
      }
      this.tooDeep = 0;
    }
    if (!this.openNames.get(name)) {
      this.warnings.add(`</${name.slice(0, 40)}> has no start tag`);
      return;
    }
    if (top.name !== name) this.warnings.add('elements were closed in the wrong order');
    while (this.open.at(-1)!.name !== name) this.pop();
    this.pop();
  }

  private addText(text: string, kind: 'text' | 'cdata'): void {
    const top = this.open.at(-1);
    if (!top) return;
    if (top.markup) top.markup.addText(text, kind);
    top.texts.push(text);
    if (kind === 'cdata') top.hasCdata = true;
  }

  private pop(): void {
    const frame = this.open.pop()!;
    this.openNames.set(frame.name, this.openNames.get(frame.name)! - 1);
    const parent = this.open.at(-1) ?? (frame === this.root ? null : this.root);
    if (frame.markup && parent?.markup === frame.markup) {
      frame.markup.closeTag();
      return;
    }
    finishElement(frame);
    if (parent) appendChild(parent.element, frame);
  }

  /** Drops the incomplete item of a truncated document. */
  private closeCutOff(): void {
    this.warnings.add('the document was truncated');
    const item = this.open.findIndex((frame) => ITEM_ELEMENTS.has(frame.name));
    if (item > 0) this.open.length = item;
    while (this.open.length > 0) this.pop();
  }
}

function finishElement(frame: OpenElement): void {
  const text = frame.texts.length === 1 ? frame.texts[0]! : frame.texts.join('');
  if (frame.hasCdata || /\S/.test(text)) frame.element._ = text;
  if (frame.markup?.hasTags) frame.element.$html = frame.markup.html();
}

function appendChild(parent: Record<string, unknown>, frame: OpenElement): void {
  const list = parent[frame.name];
  const node = simplifyElement(frame.element);
  if (Array.isArray(list)) (list as XmlNode[]).push(node);
  else parent[frame.name] = [node];
}

/** An element with text only becomes a string, as in xml2js. */
function simplifyElement(element: XmlElement): XmlNode {
  for (const key in element) if (key !== '_') return element;
  return element._ ?? '';
}
