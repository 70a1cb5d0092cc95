/** Reads an article's HTML once for its text, its images and everything visible, regardless of the licence. */

import type { ItemImage } from '../model/item.js';
import { isBrokenAddress, isIcon, isPixel, parsePixels, selectPictureSource } from '../sanitize/picture.js';
import { HiddenElementFilter } from '../text/html.js';
import { type Attributes, readMarkup } from '../text/markup.js';
import { plainLine, plainLines } from '../text/plain.js';
import { imageKey } from '../text/url/image-key.js';
import { replaceSite } from '../text/url/site-of.js';
import { absoluteHref, resolveUrlKey } from '../text/url/url.js';
import { decodeRemainingReferences } from './plain-text.js';

export interface Body {
  /** Plain text without page furniture, one paragraph per line, at most `BODY_TEXT_LIMIT` characters. */
  readonly text: string;
  /** Everything visible, without white space, entities, tracking parameters, image sizes and the site's name. */
  readonly visible: string;
  /** Headings of sections, as in `text`, captions, and lines that are bold as a whole. */
  readonly headings: ReadonlySet<string>;
  /** Images except icons and tracking pixels, in order. Addresses are absolute. */
  readonly images: readonly ItemImage[];
}

export const BODY_TEXT_LIMIT = 5_000;
/** The sanitiser's limit: later content is not published. */
const HTML_LIMIT = 512 * 1024;

/** Private-use characters that delimit marks and lines in `visible`. */
const MARK = '\uE0F1';
export const LINE_END = '\uE0F0';

const MARKS: ReadonlyMap<string, { readonly open: string; readonly close: string }> = new Map(
  ['b strong', 'i em', 's del strike', 'u ins', 'sub', 'sup', 'mark'].flatMap((row) => {
    const names = row.split(' ');
    const mark = { open: `${MARK}${names[0]}${MARK}`, close: `${MARK}/${names[0]}${MARK}` };
    return names.map((name) => [name, mark] as const);
  }),
);
const BOLD = new Set(['b', 'strong']);
const CAPTION = /\b(?:tr-caption|wp-caption-text)(?!-)/;
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const LINES = new Set(
  (
    'address article aside blockquote br caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr legend li main menu nav ol p pre section summary table td th tr ul'
  ).split(' '),
);

/** Takes linear time; never throws. @param base of relative addresses. @param site the article's (`findSite`). */
export function readBody(html: string, base: string, site: string | null): Body {
  const reader = new BodyReader(base, site);
  readMarkup(html.slice(0, HTML_LIMIT), reader);
  return reader.body();
}

class BodyReader {
  readonly #base: string;
  readonly #site: string | null;
  readonly #all = new HiddenElementFilter('all');
  readonly #prose = new HiddenElementFilter('prose');
  readonly #images: ItemImage[] = [];
  readonly #pictures = new Set<string>();
  #visible = '';
  #text = '';
  /** The last line of `#text`, as written. */
  #line = '';
  /** Start of the last `sup` in `#line`. */
  #note = 0;
  readonly #headings = new Set<string>();
  /** End of the bold text that begins `#line`; negative: it begins otherwise. */
  #bold = -1;
  #prosed = 0;
  #noscript = false;

  constructor(base: string, site: string | null) {
    this.#base = base;
    this.#site = site;
  }

  open(name: string, attributes: Attributes): void {
    // Lazy loaders put the real image into a noscript: its images count, its text does not.
    if (name === 'noscript') this.#noscript = true;
    if (name === 'img') this.#image(attributes);
    if (name === 'iframe' || name === 'video' || name === 'audio') this.#embed(attributes);
    this.#prose.open(name, attributes);
    if (this.#all.open(name, attributes)) return;
    if (name === 'a') this.#link(attributes);
    if (name === 'sup') this.#note = this.#line.length;
    if (BOLD.has(name)) this.#startBold();
    this.#tag(name, 'open');
    if (name === 'figcaption' || CAPTION.test(attributes.class ?? '')) this.#bold = Number.POSITIVE_INFINITY;
  }

  close(name: string): void {
    if (name === 'noscript') this.#noscript = false;
    this.#prose.close(name);
    if (this.#all.close(name)) return;
    if (name === 'sup') this.#line = withoutFootnote(this.#line, this.#note);
    if (BOLD.has(name) && this.#bold >= 0) this.#bold = this.#line.trimEnd().length;
    if (HEADINGS.has(name)) this.#bold = this.#line.length;
    this.#tag(name, 'close');
  }

  text(value: string): void {
    if (!this.#all.isActive) this.#visible += value;
    if (this.#prose.isActive || this.#prosed >= BODY_TEXT_LIMIT * 2) return;
    this.#prosed += value.length;
    this.#line += value;
  }

  body(): Body {
    this.#endLine('');
    return {
      text: plainLines(decodeRemainingReferences(this.#text.replaceAll(LINE_END, '\n'))).slice(0, BODY_TEXT_LIMIT),
      visible: visibleLines(this.#visible),
      headings: this.#headings,
      images: this.#images,
    };
  }

  #tag(name: string, end: 'open' | 'close'): void {
    const mark = MARKS.get(name);
    if (mark !== undefined) this.#visible += mark[end];
    if (!LINES.has(name)) return;
    this.#visible += LINE_END;
    if (this.#prose.isActive) return;
    this.#prosed++;
    this.#endLine(name === 'td' || name === 'th' ? ' ' : '\n');
  }

  #startBold(): void {
    const length = this.#line.trim() === '' ? 0 : this.#line.trimEnd().length;
    if (length === 0 || this.#bold !== length) this.#bold = length === 0 ? 0 : -1;
  }

  #endLine(mark: string): void {
    if (this.#bold > 0 && this.#bold >= this.#line.trimEnd().length)
      this.#headings.add(plainLine(decodeRemainingReferences(this.#line)));
    this.#bold = -1;
    this.#text += this.#line.replace(/[^\S \uFEFF]/g, ' ') + mark;
    this.#line = '';
  }

  #link(attributes: Attributes): void {
    const href = attributes.href ?? '#';
    const key = href.startsWith('#') ? null : resolveUrlKey(href, this.#base);
    if (key !== null) this.#visible += `${MARK}a ${replaceSite(key, this.#site)}${MARK}`;
  }

  #image(attributes: Attributes): void {
    if (this.#all.isActive && !this.#noscript) return;
    const url = absoluteHref(selectPictureSource(attributes) ?? '', this.#base);
    if (url === null || isBrokenAddress(url) || isPixel(attributes, url)) return;
    const key = imageKey(url);
    if (this.#pictures.has(key)) return;
    this.#pictures.add(key);
    this.#visible += `${MARK}img ${replaceSite(key, this.#site)}${MARK}`;
    const image = {
      url,
      width: parsePixels(attributes.width),
      height: parsePixels(attributes.height),
      alt: attributes.alt ?? null,
    };
    if (!isIcon(url, image, attributes.class)) this.#images.push(image);
  }

  #embed(attributes: Attributes): void {
    const key = this.#all.isActive ? null : resolveUrlKey(attributes.src ?? '', this.#base);
    if (key !== null) this.#visible += `${MARK}embed ${replaceSite(key, this.#site)}${MARK}`;
  }
}

/** A number after a word, such as "studios<sup>1</sup>", refers to a note. One after "km" or "10" is an exponent. */
function withoutFootnote(line: string, start: number): string {
  const isNote =
    /^\s*\[?\d{1,3}\]?\s*$/.test(line.slice(start)) && /\p{L}{3}["'”’).,;:]{0,2}$/u.test(line.slice(0, start));
  return isNote ? line.slice(0, start) : line;
}

/** Like `plainLine` for each line that ends in `LINE_END`; drops empty lines. */
function visibleLines(text: string): string {
  return plainLine(text)
    .split(LINE_END)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(LINE_END);
}
