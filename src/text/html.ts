/** What a person reads in a piece of HTML, as plain text: for summaries, tagging, clustering and comparing. */
import { type Attributes, HTML_VOID_ELEMENTS, readMarkup } from './markup.js';
import { collapse } from './plain.js';

export interface TextOptions {
  /** `prose` also leaves out what stands around an article: nav, aside, footer, forms. Default `all`. */
  parts?: 'all' | 'prose';
  /** Enough characters: reading stops soon after. Default: everything. */
  limit?: number;
}

/** Begin and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
/** Apart, but on one line. */
const CELLS = new Set(['td', 'th']);
/** Their content is no text, whoever reads. */
const WITHOUT_TEXT = new Set(
  'applet audio canvas head iframe math noembed noframes noscript object script select style svg template textarea title video xmp'.split(
    ' ',
  ),
);
const PAGE_CHROME = new Set('aside button footer form menu nav'.split(' '));

/**
 * Plain text of HTML: entities decoded once, tags gone, each block on a line of its own, white space collapsed, no empty
 * lines, nothing hidden. Linear in the input; never throws.
 */
export function htmlToText(html: string, options: TextOptions = {}): string {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  if (!/[<&]/.test(html)) return collapse(html).trim().slice(0, limit);
  const lines = new Lines();
  const hidden = new HiddenElementFilter(options.parts ?? 'all');
  readMarkup(html, {
    open(name, attributes) {
      if (hidden.open(name, attributes)) return;
      if (name === 'br' || BLOCKS.has(name)) lines.end();
      else if (CELLS.has(name)) lines.add(' ');
    },
    close(name) {
      if (hidden.close(name)) return;
      if (BLOCKS.has(name)) lines.end();
      else if (CELLS.has(name)) lines.add(' ');
    },
    text(value) {
      if (!hidden.isActive) lines.add(value);
    },
    done: () => lines.finished > limit,
  });
  return lines.toString().slice(0, limit);
}

/** Whether HTML has lines or paragraphs of its own: enough markup to be an article's body rather than a teaser. */
export function hasBlocks(html: string): boolean {
  return /<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|pre|img|iframe|video|audio)[\s/>]/i.test(html);
}

/** Follows whether a tag or text is inside an element that is not shown. One that is never closed ends with the document, which only broken input notices. */
export class HiddenElementFilter {
  readonly #parts: 'all' | 'prose';
  #name = '';
  #depth = 0;

  constructor(parts: 'all' | 'prose') {
    this.#parts = parts;
  }

  get isActive(): boolean {
    return this.#depth > 0;
  }

  /** True where what opens here is not read. */
  open(name: string, attributes: Attributes): boolean {
    if (this.#depth > 0) {
      if (name === this.#name) this.#depth++;
      return true;
    }
    if (!this.#unread(name, attributes) || HTML_VOID_ELEMENTS.has(name)) return false;
    this.#name = name;
    this.#depth = 1;
    return true;
  }

  /** True where what closes here was not read. */
  close(name: string): boolean {
    if (this.#depth === 0) return false;
    if (name === this.#name) this.#depth--;
    return true;
  }

  #unread(name: string, attributes: Attributes): boolean {
    return WITHOUT_TEXT.has(name) || (this.#parts === 'prose' && PAGE_CHROME.has(name)) || isHidden(attributes);
  }
}

/** By the attribute or by CSS of its own. */
export function isHidden(attributes: Attributes): boolean {
  if ('hidden' in attributes) return true;
  const style = attributes.style;
  return style !== undefined && /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
}

/** Text put together line by line. */
class Lines {
  #done = '';
  #line = '';

  /** Characters of whole lines. */
  get finished(): number {
    return this.#done.length;
  }

  add(text: string): void {
    this.#line += text;
  }

  end(): void {
    const line = collapse(this.#line).trim();
    this.#line = '';
    if (line !== '') this.#done += this.#done === '' ? line : `\n${line}`;
  }

  toString(): string {
    this.end();
    return this.#done;
  }
}
