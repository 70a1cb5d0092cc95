/** Converts HTML to the plain text that a reader sees. */
import { type Attributes, HTML_VOID_ELEMENTS, readMarkup } from './markup.js';
import { collapse } from './plain.js';

export interface TextOptions {
  /** `prose` also drops page furniture: nav, aside, footer, forms. Default `all`. */
  parts?: 'all' | 'prose';
  /** Number of characters after which reading stops. Default: no limit. */
  limit?: number;
}

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
/** Separated from their neighbours by a space, on the same line. */
const CELLS = new Set(['td', 'th']);
const WITHOUT_TEXT = new Set(
  'applet audio canvas head iframe math noembed noframes noscript object script select style svg template textarea title video xmp'.split(
    ' ',
  ),
);
const PAGE_CHROME = new Set('aside button footer form menu nav'.split(' '));

/** One line per block, entities decoded once, no tags and hidden content. Takes linear time; never throws. */
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

/** Block elements indicate an article's body rather than a teaser. */
export function hasBlocks(html: string): boolean {
  return /<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|pre|img|iframe|video|audio)[\s/>]/i.test(html);
}

/** Tracks whether the reader is inside a hidden element. An unclosed one extends to the end of the document. */
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

  /** Whether the opened element is hidden. */
  open(name: string, attributes: Attributes): boolean {
    if (this.#depth > 0) {
      if (name === this.#name) this.#depth++;
      return true;
    }
    if (!this.#isUnread(name, attributes) || HTML_VOID_ELEMENTS.has(name)) return false;
    this.#name = name;
    this.#depth = 1;
    return true;
  }

  /** Whether the closed element was hidden. */
  close(name: string): boolean {
    if (this.#depth === 0) return false;
    if (name === this.#name) this.#depth--;
    return true;
  }

  #isUnread(name: string, attributes: Attributes): boolean {
    return WITHOUT_TEXT.has(name) || (this.#parts === 'prose' && PAGE_CHROME.has(name)) || isHidden(attributes);
  }
}

/** By the `hidden` attribute or inline CSS. */
export function isHidden(attributes: Attributes): boolean {
  if ('hidden' in attributes) return true;
  const style = attributes.style;
  return style !== undefined && /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style);
}

class Lines {
  #done = '';
  #line = '';

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
