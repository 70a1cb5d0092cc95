/** Reads HTML into a tree of bounded size and depth. End tags may be omitted. */
import { DomHandler, type Document as Tree } from 'domhandler';
import { Parser } from 'htmlparser2';
import { PARSE_LIMITS } from '../limits.js';

const MOST_ELEMENTS = 60_000;
/** Limit of open elements, because the parser searches all of them at each end tag. */
const MOST_OPEN = 5_000;
const MOST_ATTRIBUTES = 100;
/** Their text is not part of the page. JSON-LD is kept. */
const TEXTLESS = new Set(['script', 'style', 'template', 'noscript', 'svg']);
const JSON_LD = /^\s*application\/ld\+json/i;

export interface PageTree {
  readonly root: Tree;
  /** False: the page exceeds a limit, and the rest is missing. */
  readonly complete: boolean;
}

/** Never throws on malformed input. Takes linear time. */
export function readTree(html: string): PageTree {
  const handler = new BoundedHandler();
  const parser = new Parser(handler, { lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true });
  handler.whenFull = () => parser.pause();
  parser.write(html);
  parser.end();
  return { root: handler.root, complete: !handler.isFull };
}

class BoundedHandler extends DomHandler {
  whenFull: () => void = () => {};
  isFull = false;
  #elements = 0;
  /** The open elements: whether each is in the tree, and whether its text is dropped. */
  readonly #open: { readonly isKept: boolean; readonly isTextless: boolean }[] = [];
  /** Number of open elements whose text is dropped. */
  #textless = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    const open = {
      isKept: !this.isFull && this.#open.length < PARSE_LIMITS.depth,
      isTextless: TEXTLESS.has(name) && !JSON_LD.test(attributes.type ?? ''),
    };
    this.#open.push(open);
    if (open.isTextless) this.#textless++;
    if (open.isKept) super.onopentag(name, limitAttributes(attributes));
    if (++this.#elements < MOST_ELEMENTS && this.#open.length < MOST_OPEN) return;
    this.isFull = true;
    this.whenFull();
  }

  override onclosetag(): void {
    const closed = this.#open.pop();
    if (closed?.isTextless === true) this.#textless--;
    if (closed?.isKept === true) super.onclosetag();
  }

  override ontext(text: string): void {
    if (this.#textless === 0 && !this.isFull) super.ontext(text);
  }

  override oncomment(): void {}
  override oncommentend(): void {}
  override onprocessinginstruction(): void {}
}

function limitAttributes(attributes: Record<string, string>): Record<string, string> {
  const all = Object.entries(attributes);
  return all.length <= MOST_ATTRIBUTES ? attributes : Object.fromEntries(all.slice(0, MOST_ATTRIBUTES));
}
