/** XML of ours as a tree of its elements: what our writers print has no surprises, so this needs no repair. */
import { Parser } from 'htmlparser2';

export interface XmlElement {
  /** With its prefix: our documents always use the same ones. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** Its own text, CDATA included. */
  text: string;
}

/** The root element. Throws where the document is cut off or empty. */
export function xmlTree(text: string): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let last = '';
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element: XmlElement = { name, attributes, children: [], text: '' };
        open.at(-1)!.children.push(element);
        open.push(element);
      },
      ontext(part) {
        open.at(-1)!.text += part;
      },
      onclosetag(name, implied) {
        open.pop();
        last = implied ? '' : name;
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  const root = top.children[0];
  if (root === undefined || last !== root.name) throw new Error('it is cut off');
  return root;
}

export function childrenOf(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

/** null: there is none. */
export function childText(parent: XmlElement, name: string): string | null {
  return childrenOf(parent, name)[0]?.text ?? null;
}

/** null: there is none, or it is empty. */
export function attributeOf(element: XmlElement | undefined, name: string): string | null {
  return element?.attributes[name] || null;
}

/** A number of pixels or bytes; null: not said. */
export function numberOf(element: XmlElement | undefined, name: string): number | null {
  const value = Number(attributeOf(element, name) ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}
