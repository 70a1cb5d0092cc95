/** Second pass of the repair: htmlparser2's tokens become the same element objects as rss-parser's XML reader gives, whatever is wrong with their nesting, names and prefixes. Linear, not recursive. */
import { Tokenizer } from '../../text/tokenizer.js';
import type { RepairedElement, XmlDocument, XmlElement, XmlNode } from '../element.js';
import { LIMITS } from '../limits.js';
import type { Warnings } from '../warnings.js';
import type { CleanText } from './clean-text.js';
import { Markup } from './markup.js';
import { decodeReferences } from './references.js';
import { type Attributes, enter, nameIn, OUTERMOST, ownPrefix, type Scope, usualAttributes } from './scope.js';
import { endsBefore, HOLDS_ITEMS, ITEMS, MARKUP, STRUCTURE } from './vocabulary.js';

/** An element that is still open. */
interface Open {
  readonly name: string;
  readonly scope: Scope;
  readonly element: Record<string, unknown> & RepairedElement;
  readonly texts: string[];
  /** Whether CDATA was in it: then white space counts. */
  hasCdata: boolean;
  /** The markup that it holds or is part of. */
  readonly markup: Markup | null;
}

/** Reads what is there. Null where there is no element at all. */
export function readTree(clean: CleanText, documentBase: string | null, warnings: Warnings): XmlDocument | null {
  return new TreeReader(clean, documentBase, warnings).read();
}

/** An item ends what is open, however deep that is. */
const MAY_BE_ITEM = /(?:^|:)(?:item|entry)$/i;

class TreeReader {
  private readonly text: string;
  private readonly open: Open[] = [];
  /** How many of each name are open. */
  private readonly openNames = new Map<string, number>();
  /** Elements beyond the depth that we follow. */
  private tooDeep = 0;
  private root: Open | null = null;
  /** Our prefix of the vocabulary that the root is in: its names go without. */
  private own = '';
  private tagName = '';
  private attributes: Attributes = Object.create(null);
  private attributeCount = 0;
  private attributeName = '';
  private attributeValue = '';

  constructor(
    private readonly clean: CleanText,
    private readonly documentBase: string | null,
    private readonly warnings: Warnings,
  ) {
    this.text = clean.text;
  }

  read(): XmlDocument | null {
    const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, this.callbacks());
    tokenizer.write(this.text);
    tokenizer.end();
    if (!this.root) return null;
    const complete = this.open.length === 0;
    if (!complete) this.closeCutOff();
    return { rootName: this.root.name, root: this.root.element, complete };
  }

  private callbacks(): ConstructorParameters<typeof Tokenizer>[1] {
    const nothing = (): void => {};
    return {
      onopentagname: (start, end) => this.beginTag(this.text.slice(start, end)),
      onattribname: (start, end) => this.beginAttribute(this.text.slice(start, end)),
      onattribdata: (start, end) => {
        this.attributeValue += this.text.slice(start, end);
      },
      onattribend: () => this.endAttribute(),
      onopentagend: () => this.openElement('has an end tag'),
      onselfclosingtag: () => this.openElement('empty'),
      onclosetag: (start, end) => this.closeTag(this.text.slice(start, end)),
      ontext: (start, end) => this.addText(decodeReferences(this.text.slice(start, end), this.clean.entities), 'text'),
      oncdata: (start, end, offset) => this.addText(this.text.slice(start, end - offset), 'cdata'),
      onattribentity: nothing,
      ontextentity: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    };
  }

  private beginTag(name: string): void {
    this.tagName = name;
    this.attributes = Object.create(null);
    this.attributeCount = 0;
  }

  private beginAttribute(name: string): void {
    this.attributeName = name.toLowerCase();
    this.attributeValue = '';
  }

  /** The first of two attributes with one name counts. */
  private endAttribute(): void {
    if (++this.attributeCount > LIMITS.attributes || this.attributeName in this.attributes) return;
    this.attributes[this.attributeName] = decodeReferences(this.attributeValue, this.clean.entities);
  }

  private openElement(kind: 'has an end tag' | 'empty'): void {
    if (this.open.length >= LIMITS.depth && !MAY_BE_ITEM.test(this.tagName)) {
      if (kind === 'has an end tag') this.tooDeep += 1;
      return;
    }
    const parentScope = this.open.at(-1)?.scope ?? this.root?.scope ?? OUTERMOST;
    const scope = enter(parentScope, this.attributes, this.documentBase);
    if (!this.root) this.own = ownPrefix(scope, this.tagName);
    const name = nameIn(scope, this.tagName, this.own);
    this.closeUnclosed(name);
    this.push(name, scope);
    if (kind === 'empty') this.pop();
    if (this.open.length === LIMITS.depth) this.warnings.add(`elements more than ${LIMITS.depth} deep lost their tags`);
  }

  private push(name: string, scope: Scope): void {
    const parent = this.open.at(-1);
    const attributes = usualAttributes(this.attributes, scope);
    const element: Open['element'] = Object.create(null);
    if (attributes) element.$ = attributes;
    if (scope.base !== null) element.$base = scope.base;
    const markup = parent?.markup ?? (MARKUP.has(name) ? new Markup(name, attributes, scope.base) : null);
    if (parent?.markup) parent.markup.openTag(name, this.tagName, this.attributes, scope);
    const frame: Open = { name, scope, element, texts: [], hasCdata: false, markup };
    this.open.push(frame);
    this.openNames.set(name, (this.openNames.get(name) ?? 0) + 1);
    this.root ??= frame;
  }

  /** An item in an item, and a field in a title, tell of tags that were forgotten. */
  private closeUnclosed(next: string): void {
    if (ITEMS.has(next)) this.closeToHolder();
    const holder = this.open.findLast((frame) => frame.markup === null || frame.markup.holder === frame.name);
    if (holder && endsBefore(holder.name, next) && this.open.length > 1) this.closeThrough(holder);
  }

  private closeToHolder(): void {
    for (
      let top = this.open.at(-1);
      top && this.open.length > 1 && !HOLDS_ITEMS.has(top.name);
      top = this.open.at(-1)
    ) {
      this.closeThrough(top);
    }
  }

  private closeThrough(unclosed: Open): void {
    this.warnings.add(`<${unclosed.name.slice(0, 40)}> was never closed`);
    while (this.open.at(-1) !== unclosed) this.pop();
    this.pop();
  }

  private closeTag(written: string): void {
    const top = this.open.at(-1);
    if (!top) return;
    const name = nameIn(top.scope, written, this.own);
    if (this.tooDeep > 0) {
      if (!STRUCTURE.has(name)) {
        this.tooDeep -= 1;
        return;
      }
      this.tooDeep = 0;
    }
    if (!this.openNames.get(name)) {
      this.warnings.add(`</${name.slice(0, 40)}> closes nothing`);
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
    finish(frame);
    if (parent) append(parent.element, frame);
  }

  /** The document ended inside this: an item that is not whole is left out. */
  private closeCutOff(): void {
    this.warnings.add('the document was cut off');
    const item = this.open.findIndex((frame) => ITEMS.has(frame.name));
    if (item > 0) this.open.length = item;
    while (this.open.length > 0) this.pop();
  }
}

/** Text and markup of an element whose end was reached. */
function finish(frame: Open): void {
  const text = frame.texts.length === 1 ? frame.texts[0]! : frame.texts.join('');
  if (frame.hasCdata || /\S/.test(text)) frame.element._ = text;
  if (frame.markup?.hasTags) frame.element.$html = frame.markup.html();
}

function append(parent: Record<string, unknown>, frame: Open): void {
  const list = parent[frame.name];
  const node = simplified(frame.element);
  if (Array.isArray(list)) (list as XmlNode[]).push(node);
  else parent[frame.name] = [node];
}

/** Text alone is a string, as in xml2js. */
function simplified(element: XmlElement): XmlNode {
  for (const key in element) if (key !== '_') return element;
  return typeof element._ === 'string' ? element._ : '';
}
