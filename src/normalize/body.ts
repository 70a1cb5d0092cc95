/** One reading of an article's HTML for all that we must know of it, whether or not it may be published: its text, its pictures, and what of it a reader sees. */

import type { ItemImage } from '../model/item.js';
import { Silence } from '../text/html.js';
import { imageKey } from '../text/image-key.js';
import { type Attributes, readMarkup } from '../text/markup.js';
import { plainLine, plainLines, STEADY } from '../text/plain.js';
import { absoluteHref, urlKeyAt } from '../text/url.js';
import { isIcon, isPixel, pixels, sourceOf } from './picture.js';
import { readEscapesLeft } from './wording.js';

export interface Body {
  /** Plain text without what stands around the article, a paragraph a line, at most `BODY_TEXT_LIMIT` characters. */
  readonly text: string;
  /** Everything that a reader sees, in one spelling: white space, entities, tracking and image sizes make no difference. */
  readonly visible: string;
  /** Pictures that illustrate, in order; addresses absolute. */
  readonly images: readonly ItemImage[];
}

export const BODY_TEXT_LIMIT = 5_000;
/** As the sanitiser: what lies behind it is not published either. */
const HTML_LIMIT = 512 * 1024;

/** Private-use signs, which no text needs: what stands between two of them is no text, and where a line ends. */
const MARK = '\uE0F1';
const LINE = '\uE0F0';

/** Marks that a reader sees, each under one name whatever element the publisher uses. */
const MARKS: ReadonlyMap<string, { readonly open: string; readonly close: string }> = new Map(
  ['b strong', 'i em', 's del strike', 'u ins', 'sub', 'sup', 'mark'].flatMap((row) => {
    const names = row.split(' ');
    const mark = { open: `${MARK}${names[0]}${MARK}`, close: `${MARK}/${names[0]}${MARK}` };
    return names.map((name) => [name, mark] as const);
  }),
);
const LINES = new Set(
  'address article blockquote br caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);

/** As `plainLine`, for lines that end in `LINE`: no empty ones, and no spaces around their ends. */
function tightLines(text: string): string {
  if (TIGHT.test(text)) return text;
  return plainLine(text)
    .split(LINE)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(LINE);
}

/** What `TightLines` gives of nearly all articles needs no more tightening. */
const TIGHT = new RegExp(`^[${STEADY}${MARK}]+(?:[ ${LINE}][${STEADY}${MARK}]+)*$`);

/** Linear; never throws. `base` is what relative addresses resolve against. */
export function readBody(html: string, base: string): Body {
  const reader = new BodyReader(base);
  readMarkup(html.slice(0, HTML_LIMIT), reader);
  return reader.body();
}

class BodyReader {
  readonly #base: string;
  readonly #all = new Silence('all');
  readonly #prose = new Silence('prose');
  readonly #images: ItemImage[] = [];
  readonly #pictures = new Set<string>();
  readonly #visible = new TightLines(LINE);
  readonly #text = new TightLines('\n');
  /** Characters of prose that were read. */
  #prosed = 0;
  #noscript = false;

  constructor(base: string) {
    this.#base = base;
  }

  open(name: string, attributes: Attributes): void {
    // Lazy loaders put the real picture into a noscript: it is read, its words are not.
    if (name === 'noscript') this.#noscript = true;
    if (name === 'img') this.#image(attributes);
    if (name === 'iframe' || name === 'video' || name === 'audio') this.#embed(attributes);
    this.#prose.open(name, attributes);
    if (this.#all.open(name, attributes)) return;
    if (name === 'a') this.#link(attributes);
    this.#tag(name, 'open');
  }

  close(name: string): void {
    if (name === 'noscript') this.#noscript = false;
    this.#prose.close(name);
    if (!this.#all.close(name)) this.#tag(name, 'close');
  }

  text(value: string): void {
    if (!this.#all.reigns) this.#visible.add(value);
    if (this.#prose.reigns || this.#prosed >= BODY_TEXT_LIMIT * 2) return;
    this.#prosed += value.length;
    this.#text.add(ODD_SPACE.test(value) ? value.replace(/[^\S ]/g, ' ') : value);
  }

  body(): Body {
    const text = readEscapesLeft(this.#text.toString().replaceAll(LINE, '\n'));
    return {
      text: plainLines(text).slice(0, BODY_TEXT_LIMIT),
      visible: tightLines(this.#visible.toString()),
      images: this.#images,
    };
  }

  #tag(name: string, end: 'open' | 'close'): void {
    const mark = MARKS.get(name);
    if (mark !== undefined) this.#visible.add(mark[end]);
    if (!LINES.has(name)) return;
    this.#visible.end();
    if (this.#prose.reigns) return;
    this.#prosed++;
    if (name === 'td' || name === 'th') this.#text.add(' ');
    else this.#text.end();
  }

  #link(attributes: Attributes): void {
    const href = attributes.href ?? '#';
    const key = href.startsWith('#') ? null : urlKeyAt(href, this.#base);
    if (key !== null) this.#visible.add(`${MARK}a ${key}${MARK}`);
  }

  #image(attributes: Attributes): void {
    if (this.#all.reigns && !this.#noscript) return;
    const url = absoluteHref(sourceOf(attributes) ?? '', this.#base);
    if (url === null || isPixel(attributes, url)) return;
    const key = imageKey(url);
    if (this.#pictures.has(key)) return;
    this.#pictures.add(key);
    this.#visible.add(`${MARK}img ${key}${MARK}`);
    const image = {
      url,
      width: pixels(attributes.width),
      height: pixels(attributes.height),
      alt: attributes.alt ?? null,
    };
    if (!isIcon(url, image, attributes.class)) this.#images.push(image);
  }

  #embed(attributes: Attributes): void {
    const key = this.#all.reigns ? null : urlKeyAt(attributes.src ?? '', this.#base);
    if (key !== null) this.#visible.add(`${MARK}embed ${key}${MARK}`);
  }
}

const ODD_SPACE = /[^\S ]/;

/** Text in lines, none of them empty and none with white space at its ends: as far as that can be seen piece by piece. */
class TightLines {
  readonly #end: string;
  readonly #pieces: string[] = [];
  #begun = false;

  constructor(end: string) {
    this.#end = end;
  }

  add(piece: string): void {
    const next = this.#begun ? piece : piece.trimStart();
    if (next === '') return;
    if (!this.#begun && this.#pieces.length > 0) this.#pieces.push(this.#end);
    this.#begun = true;
    this.#pieces.push(next);
  }

  end(): void {
    if (this.#begun) this.#pieces.push(this.#pieces.pop()!.trimEnd());
    this.#begun = false;
  }

  toString(): string {
    this.end();
    return this.#pieces.join('');
  }
}
