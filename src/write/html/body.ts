/** Adapts an article's sanitised HTML to our page: lower headings, links instead of embeds, scrollable tables. */
import { isAddress } from '../../model/address.js';
import type { KnownImage } from '../../model/article.js';
import { htmlSafe } from '../../text/escape.js';
import { type Attributes, readMarkup } from '../../text/markup.js';
import { PICTURE_SIZES } from './entries/picture.js';
import { fill, type Labels } from './labels.js';

const VOID = new Set('br col hr img source wbr'.split(' '));
/** Elements that a page may contain only once, and their replacements in articles. */
const RENAMED: Readonly<Record<string, string>> = {
  h1: 'h2',
  main: 'div',
  nav: 'div',
  aside: 'div',
  header: 'div',
  footer: 'div',
  section: 'div',
  article: 'div',
};
const ADDRESSES = new Set(['src', 'srcset', 'poster']);
export interface BodyPictures {
  /** Relative path from the page to the published folder. */
  readonly root: string;
  /** By address. */
  readonly known: ReadonlyMap<string, KnownImage>;
  /** Leave out pictures without a copy of ours. */
  readonly onlyCopies: boolean;
}

const UNKNOWN: BodyPictures = { root: '', known: new Map(), onlyCopies: false };
const PICTURE: Attributes = { loading: 'lazy', referrerpolicy: 'no-referrer' };

/** Prepares sanitised HTML for a page: closes elements, quotes attributes, drops repeated ids. Linear time. */
export function pageBody(html: string, labels: Labels, pictures: BodyPictures = UNKNOWN): string {
  const body = new Body(labels, pictures);
  readMarkup(html, body);
  return body.toString();
}

class Body {
  readonly #labels: Labels;
  readonly #pictures: BodyPictures;
  readonly #ids = new Set<string>();
  /** Original names, innermost last. */
  readonly #open: string[] = [];
  #out = '';
  /** Output offset of an open heading that is still empty. */
  #emptyHeading: number | null = null;

  constructor(labels: Labels, pictures: BodyPictures) {
    this.#labels = labels;
    this.#pictures = pictures;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'iframe') this.#link(attributes);
    if (name === 'table' && !this.#open.includes('table')) {
      this.#out += `<div class="scroll" role="group" tabindex="0" aria-label="${htmlSafe(this.#labels.table)}">`;
    }
    const written = RENAMED[name] ?? name;
    if (this.#isOmitted(name, attributes)) return;
    if (name !== 'iframe') {
      if (/^h[1-6]$/.test(name)) this.#emptyHeading = this.#out.length;
      else if (VOID.has(name) && name !== 'br') this.#emptyHeading = null;
      this.#out += `<${written}${this.#attributes(name, attributes)}>`;
    }
    if (!VOID.has(name)) this.#open.push(name);
  }

  close(name: string): void {
    const at = this.#open.lastIndexOf(name);
    if (at < 0) return;
    while (this.#open.length > at) this.#end(this.#open.pop()!);
  }

  text(value: string): void {
    if (this.#open.at(-1) === 'iframe') return;
    if (/\S/.test(value)) this.#emptyHeading = null;
    this.#out += htmlSafe(value);
  }

  toString(): string {
    while (this.#open.length > 0) this.#end(this.#open.pop()!);
    return this.#out;
  }

  #end(name: string): void {
    if (name === 'iframe') return;
    if (/^h[1-6]$/.test(name) && this.#emptyHeading !== null) {
      this.#out = this.#out.slice(0, this.#emptyHeading);
      this.#emptyHeading = null;
      return;
    }
    this.#out += `</${RENAMED[name] ?? name}>`;
    if (name === 'table' && !this.#open.includes('table')) this.#out += '</div>';
  }

  /** Replaces an embed by a link, because pages must not run content of other hosts. */
  #link({ src, title }: Attributes): void {
    if (src === undefined || !isAddress(src)) return;
    const words = htmlSafe(title?.trim() || fill(this.#labels.embedded, { host: new URL(src).host }));
    this.#emptyHeading = null;
    this.#out += this.#open.includes('a') ? words : `<a class="embed" href="${htmlSafe(src)}">${words}</a>`;
  }

  #attributes(name: string, given: Attributes): string {
    const changed: Record<string, string> = { ...given };
    if (name === 'img') {
      const ours = this.#pictureAttributes(given);
      if (ours.src !== undefined)
        for (const replaced of ['srcset', 'sizes', 'width', 'height']) delete changed[replaced];
      Object.assign(changed, PICTURE, { alt: given.alt ?? '' }, ours);
    }
    if (name === 'video' || name === 'audio') {
      Object.assign(changed, { preload: 'none', controls: '' });
      // A poster is loaded at once, and would reveal to its host which page is read.
      delete changed.poster;
    }
    return Object.entries(changed)
      .map(([key, value]) => (this.#isUsedId(key, value) ? '' : ` ${key}="${htmlSafe(secure(key, value))}"`))
      .join('');
  }

  /** If only copies are allowed, other sources of a picture are left out. */
  #isOmitted(name: string, { src = '' }: Attributes): boolean {
    if (!this.#pictures.onlyCopies || (name !== 'img' && name !== 'source')) return false;
    return name === 'source' ? this.#open.at(-1) === 'picture' : !this.#pictures.known.get(src)?.copies.length;
  }

  /** Its copies, and its size so that the browser reserves the space. */
  #pictureAttributes({ src = '', width, height }: Attributes): Record<string, string> {
    const { known, root } = this.#pictures;
    const file = known.get(src);
    const copies = file?.copies ?? [];
    const widest = copies.at(-1);
    if (widest === undefined) {
      const isUnsized = width === undefined && height === undefined;
      return isUnsized && file?.width && file.height ? { width: `${file.width}`, height: `${file.height}` } : {};
    }
    const srcset = copies.map((copy) => `${root}${copy.path} ${copy.width}w`).join(', ');
    return {
      src: root + widest.path,
      ...(copies.length > 1 && { srcset, sizes: PICTURE_SIZES.lead }),
      width: `${widest.width}`,
      height: `${widest.height}`,
    };
  }

  #isUsedId(key: string, value: string): boolean {
    if (key !== 'id') return false;
    if (this.#ids.has(value)) return true;
    this.#ids.add(value);
    return false;
  }
}

/** Pages on https must not load images over http. */
function secure(key: string, value: string): string {
  return ADDRESSES.has(key) ? value.replace(/(^|,\s*)http:/g, '$1https:') : value;
}
